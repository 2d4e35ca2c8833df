// The frame of the panel's page. Only our own script and style sheet are let in, nothing is fetched, and no text of an
// intake or a policy ever becomes markup.

import * as vscode from "vscode";

export function html(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(36)).join("");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.js"));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.css"));
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Decision</title>
  <link rel="stylesheet" href="${style}">
</head>
<body>
  <main id="decision" aria-label="Decision"></main>
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
