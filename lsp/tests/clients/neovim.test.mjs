// Neovim, set up as `lsp/README.md` says, with keys typed as somebody would.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { blocks } from "./readme.mjs";
import { Folder, example, program } from "./session.mjs";

/** Runs Lua in a Neovim of its own; what it prints with `say`. */
function neovim(folder, files, script) {
  for (const [path, text] of Object.entries(files)) folder.write(`config/nvim/${path}`, text);
  folder.write(
    "script.lua",
    `local said = {}
function say(...) table.insert(said, vim.fn.json_encode({ ... })) end
--- Waits until something holds; fails the test where it never does.
function wait(what, holds)
  if not vim.wait(30000, holds, 5) then error('waited in vain for ' .. what) end
end
--- Types keys, as a person would.
function keys(text)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(text, true, false, true), 'xt', false)
end
local done, why = pcall(function()
${script}
end)
if not done then table.insert(said, vim.fn.json_encode({ 'failed', tostring(why) })) end
vim.fn.writefile(said, '${folder.path}/said')
vim.cmd('qall!')
`,
  );
  const run = spawnSync("nvim", ["--headless", "-i", "NONE", "-S", "script.lua"], {
    cwd: folder.path,
    env: {
      ...process.env,
      PATH: `${dirname(program)}:${process.env.PATH}`,
      XDG_CONFIG_HOME: join(folder.path, "config"),
      XDG_DATA_HOME: join(folder.path, "data"),
      XDG_STATE_HOME: join(folder.path, "state"),
      XDG_CACHE_HOME: join(folder.path, "cache"),
    },
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  assert.equal(run.stderr.replaceAll(/\s+$/g, ""), "", "Neovim said something");
  assert.equal(run.status, 0);
  return folder.read("said").trimEnd().split("\n").map((line) => JSON.parse(line));
}

const [setup] = blocks("Neovim 0.7 to 0.10");
const [server, init] = blocks("Neovim 0.11 and later");

test("the tier follows each key, and a cause leads to its rule", () => {
  const folder = new Folder({ ".git/HEAD": "", "intakes/draft.intake.yaml": example("half-filled-draft.intake.yaml") });
  const said = neovim(
    folder,
    { "plugin/remit.lua": setup },
    `
    vim.cmd('edit intakes/draft.intake.yaml')
    local function tier() return vim.b.remit or '' end
    local function marks() return #vim.diagnostic.get(0) end
    wait('the tier', function() return tier() ~= '' end)
    wait('marks', function() return marks() > 0 end)
    say('tier', tier())
    say('status line', vim.api.nvim_eval_statusline(vim.o.statusline, {}).str)
    local client = vim.lsp.get_active_clients()[1]
    say('root', client.config.root_dir == vim.loop.fs_realpath('.'), client.name)

    -- A question is answered, one key after the other; the last one makes the word.
    vim.cmd('setlocal noautoindent indentexpr=')
    keys('Go  public_endpoint: tru<Esc>')
    wait('a half-written word to be marked', function()
      return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 1
    end)
    local before = tier()
    local version = vim.lsp.util.buf_versions[vim.api.nvim_get_current_buf()]
    keys('Ae<Esc>')
    wait('the tier to change', function() return tier() ~= before end)
    say('after one key', before, tier(), vim.lsp.util.buf_versions[vim.api.nvim_get_current_buf()] - version)
    say('above', vim.wait(30000, function()
      for _, space in pairs(vim.api.nvim_get_namespaces()) do
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
          for _, chunk in ipairs(mark[4].virt_text or {}) do
            if chunk[1]:find('^Tier 2') then return true end
          end
        end
      end
    end, 5))

    -- What is written causes the tier; where the rule is, one key tells.
    keys('$gd')
    wait('the rule', function() return vim.fn.expand('%:e') == 'rhai' end)
    say('rule', vim.fn.expand('%:t'), vim.fn.getline('.'), vim.fn.expand('<cword>'), vim.bo.readonly)
    `,
  );
  assert.deepEqual(said, [
    ["tier", "Tier 1–3: Advisory to Leadership or board escalation"],
    ["status line", said[1][1]],
    ["root", true, "remit"],
    ["after one key", "Tier 1–3: Advisory to Leadership or board escalation", "Tier 2–3: Deep review to Leadership or board escalation", 1],
    ["above", true],
    ["rule", "routing.rhai", 'rule("new-trust-boundary")', "new", true],
  ]);
  assert.match(said[1][1], /Advisory to Leadership or board escalation/);
  folder.remove();
});

test("what is asked with a key is answered in rules too", () => {
  const folder = new Folder().pack("");
  const said = neovim(
    folder,
    { "plugin/remit.lua": setup },
    `
    vim.cmd('edit topics/tiers.rhai')
    wait('a server', function() return vim.lsp.buf_get_clients()[1] and vim.lsp.buf_get_clients()[1].initialized end)
    vim.fn.search('rule("internet-exposure")')
    keys('f"l')
    wait('the pack', function()
      local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 1000)
      -- Until the pack around it is found, a script is nobody's.
      for _, answer in pairs(answers or {}) do
        if answer.result then return true end
      end
    end)
    keys('K')
    wait('a hover', function() return #vim.api.nvim_list_wins() == 2 end)
    local window = vim.api.nvim_list_wins()[2]
    say('hover', table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), ' '))
    vim.api.nvim_win_close(window, true)
    -- Completion in a rule that is being written.
    keys('Go<CR>rule("x").when(|intake| intake.exposure.<Esc>')
    vim.cmd('startinsert!')
    local found = vim.lsp.omnifunc and vim.lsp.buf_request_sync(0, 'textDocument/completion',
      vim.tbl_extend('force', vim.lsp.util.make_position_params(), { position = {
        line = vim.fn.line('.') - 1, character = vim.fn.col('$') - 1 } }), 5000)
    local labels = {}
    for _, answer in pairs(found) do
      for _, item in ipairs(answer.result) do table.insert(labels, item.label) end
    end
    table.sort(labels)
    say('completion', labels)
    `,
  );
  assert.equal(said[0][0], "hover", JSON.stringify(said));
  assert.match(said[0][1], /internet-exposure.*tier 2/);
  assert.deepEqual(said[1], ["completion", ["changes", "internet"]]);
  folder.remove();
});

test("files that are not ours are left alone", () => {
  const folder = new Folder({ "values.yaml": "a: 1\n", "package.json": "{}\n" });
  const said = neovim(
    folder,
    { "plugin/remit.lua": setup },
    `
    for _, name in ipairs({ 'values.yaml', 'package.json' }) do
      vim.cmd('edit ' .. name)
      say(name, #vim.lsp.buf_get_clients(), #vim.lsp.get_active_clients())
    end
    `,
  );
  assert.deepEqual(said, [["values.yaml", 0, 0], ["package.json", 0, 0]]);
  folder.remove();
});

test("what is said for Neovim 0.11 starts the server for our files, and for no others", () => {
  // Debian's Neovim has no `vim.lsp.config` yet: this stands in for it, and does with the same table what the
  // manual of 0.11 says, in the functions of 0.7. What a newer Neovim does besides is not tried here.
  const folder = new Folder({
    "draft.intake.yaml": example("half-filled-draft.intake.yaml"),
    "other.yaml": "a: 1\n",
    "x.rhai": "// nothing\n",
  });
  const stand_in = `
vim.fs = vim.fs or {}
vim.fs.root = function(_, _) return nil end
vim.fs.dirname = function(path) return vim.fn.fnamemodify(path, ':h') end
vim.g.do_filetype_lua = 1
vim.lsp.inlay_hint = { enable = function() end }
vim.lsp.completion = { enable = function() end }
vim.lsp.enable = function(name)
  local config = dofile(vim.fn.stdpath('config') .. '/lsp/' .. name .. '.lua')
  config.name = name
  vim.api.nvim_create_autocmd('FileType', {
    pattern = config.filetypes,
    callback = function(event)
      config.root_dir_function = config.root_dir_function or config.root_dir
      config.root_dir_function(event.buf, function(root)
        vim.lsp.buf_attach_client(event.buf, vim.lsp.start_client(vim.tbl_extend('force', config, { root_dir = root })))
      end)
    end,
  })
end
local create = vim.api.nvim_create_autocmd
vim.api.nvim_create_autocmd = function(event, options)
  if event ~= 'LspAttach' then return create(event, options) end
end
`;
  const said = neovim(
    folder,
    { "lsp/remit.lua": server.replace("vim.cmd.redrawstatus({ bang = true })", "vim.cmd('redrawstatus!')"), "init.lua": stand_in + init },
    `
    for _, name in ipairs({ 'draft.intake.yaml', 'x.rhai', 'other.yaml' }) do
      vim.cmd('edit ' .. name)
      if name ~= 'other.yaml' then wait('a server', function() return next(vim.lsp.buf_get_clients()) end) end
      say(name, vim.bo.filetype, #vim.tbl_values(vim.lsp.buf_get_clients()))
    end
    vim.cmd('edit draft.intake.yaml')
    wait('the tier', function() return (vim.b.remit or '') ~= '' end)
    say(vim.b.remit)
    `,
  );
  assert.deepEqual(said, [
    ["draft.intake.yaml", "yaml", 1],
    ["x.rhai", "rhai", 1],
    ["other.yaml", "yaml", 0],
    ["Tier 1–3: Advisory to Leadership or board escalation"],
  ]);
  folder.remove();
});
