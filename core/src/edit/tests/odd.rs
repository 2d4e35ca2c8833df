//! Files that people really have, and some that they should not: each must survive every edit.

/// YAML.
pub(super) const YAML: [&str; 22] = [
    "",
    "# nothing yet\n",
    "\u{FEFF}# bom\nid: X-1\n",
    "---\nid: X-1\n...\n",
    "%YAML 1.2\n---\nid: X-1 # c\n",
    "id: X-1\r\nservice:\r\n    name: \"a: b\"   # quoted\r\n    owner: 'it''s'\r\n# end\r\n",
    "{id: X-1, service: {name: a, owner: b}, data: {}, change: {golden_path: none}}\n",
    "{\n  id: X-1, # one\n  service: {\n    name: a # two\n  }, # three\n  # four\n}\n",
    "id: X-1\n\n\n# about the service\nservice:\n  # its name\n  name: a\n\n  # its owner\n  owner: b\n\n\n# tail\n",
    "deadline:\n  event: x\nservice: {name: a} # out of order\nid: X-1\nunknown_key: [1, 2, {a: b}]\n",
    "reason: |\n  several\n    lines\n\n  of text # not a comment\n\n# comment\nid: X-1\n",
    "reason: >-\n  folded\n  text\nservice:\n  name: >+\n    kept\n\n\n",
    "reason: a plain text\n  over two lines\nid: \"quoted\n  over two\"\n",
    "service: &s\n  name: a\n  owner: b\nextra: *s\ndata:\n  <<: &d {personal: true}\n  sensitivity: public\n",
    "service:\n  name: a\n  name: b\ndata:\n  personal: [1,\n  sensitivity: internal\nid: X-1\n",
    "service:\n  name: a\n bad indentation\n  owner: b\ndata:\n  personal: true\n",
    "exposure:\n\tinternet: true\nid: X-1\n",
    "links:\n- {kind: pr, url: \"https://a/1\"} # first\n-   kind: iac\n    url: https://b/2\n# end of links\nid: X-1\n",
    "links:\nservice:\ndata: ~\nchange: null # nothing\nexposure: {}\nrelease:   # later\nrisk: []\n",
    "\"id\": \"X-1\"\n\"service\":\n    \"name\": \"a\"\n    \"owner\": \"b\"\n",
    "? id\n: X-1\nservice:\n      name: deep\n      owner: b",
    "id: X-1\n---\nid: second\n",
];

/// JSON.
pub(super) const JSON: [&str; 9] = [
    "",
    "{}",
    "{ }\n",
    "{\"id\":\"X-1\",\"service\":{\"name\":\"a\"},\"data\":{},\"links\":[]}",
    "{\n  \"id\": \"X-1\",\n  \"service\": {\n    \"name\": \"a\",\n    \"owner\": null\n  },\n  \"unknown\": [1, 2]\n}\n",
    "{\r\n\t\"service\": {\r\n\t\t\"name\": \"a\"\r\n\t}\r\n}",
    "{\"id\": \"X-1\", \"service\": {\"name\": \"a\",}, }",
    "{\n  \"id\": \"X-1\"\n  \"data\": { \"personal\": tru },\n  \"change\": {\n",
    "null",
];
