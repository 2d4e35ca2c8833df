// The carried server's processes, as the system sees them.

import fs from "node:fs";

/** Every server that an extension host under test has started. */
export function servers(): number[] {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isServer(name)).map(Number);
}

/** Ends them. How many there were. */
export function killServers(): number {
  const found = servers();
  for (const pid of found) process.kill(pid, "SIGKILL");
  return found.length;
}

/** Started from the extensions folder of one of our temporary homes. */
function isServer(pid: string): boolean {
  try {
    const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return line.includes("/remit-code-server-") && line.includes("/dist/server.node.js");
  } catch {
    return false;
  }
}
