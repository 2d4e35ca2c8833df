// The carried server's processes, as the system sees them.

import fs from "node:fs";

/** Ends every server that an extension host under test has started. How many there were. */
export function killServers(): number {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isServer(name));
  for (const pid of pids) process.kill(Number(pid), "SIGKILL");
  return pids.length;
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
