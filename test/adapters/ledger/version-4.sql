-- A ledger of schema version 4, written by ai-ops 0.1.0 at commit ae8ec16: a repair that failed and whose mail waits, and a
-- watcher that was killed while one event was open and a later one was counted. Never changed: it stands for files in the field.
PRAGMA application_id = 0x61696f70;
PRAGMA user_version = 4;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE checkpoints (
     source TEXT NOT NULL,
     generation TEXT NOT NULL,
     "offset" INTEGER NOT NULL,
     lines INTEGER NOT NULL,
     counted TEXT NOT NULL,      -- JSON array of offsets
     identity TEXT NOT NULL,     -- JSON, opaque
     stored_at TEXT NOT NULL,
     PRIMARY KEY (source, generation)
   ) WITHOUT ROWID;
INSERT INTO checkpoints VALUES('api.log','e70de43955c644ee',83,1,'[410]','{"path":"/var/shop/api.log","key":"65024:10127469","born":"1795887923901607173","mtimeMs":1795887923904.9421,"headLength":662,"head":"bd0bbca6fed88f97efd5fbc549d5e984","beforeLength":83,"before":"cf960d827155d87c224b1a7e7c4caab4","over":false}','2026-11-28T17:45:29.509Z');
INSERT INTO checkpoints VALUES('crash.log','d4f2099abef857ac',97,2,'[]','{"path":"/var/shop/crash.log","key":"65024:10127474","born":"1795887923929974681","mtimeMs":1795887923929.9749,"headLength":97,"head":"d784cb5f0ee9ec8ab147128fee14ff09","beforeLength":97,"before":"d784cb5f0ee9ec8ab147128fee14ff09","over":false}','2026-11-28T17:45:25.610Z');
CREATE TABLE incidents (
     fingerprint TEXT NOT NULL PRIMARY KEY,
     title TEXT NOT NULL,
     count INTEGER NOT NULL,
     first_source TEXT NOT NULL, first_line INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_time TEXT NOT NULL,
     last_source TEXT NOT NULL, last_line INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_time TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     attempts INTEGER NOT NULL,
     last_attempt_at TEXT,
     sample TEXT NOT NULL        -- JSON of the first event
   );
INSERT INTO incidents VALUES('v1:37362f8451a24b4724f05ca79fbd3c4b','TypeError: Cannot read properties of undefined (reading total)',1,'crash.log',1,0,'2026-11-28T17:45:25.610Z','crash.log',1,0,'2026-11-28T17:45:25.610Z','failed','claude-garbage',1,'2026-11-28T17:45:26.155Z','{"id":"d4f2099abef857ac:0","source":"crash.log","format":"text","language":"javascript","level":"error","type":"TypeError","message":"Cannot read properties of undefined (reading total)","frames":[{"file":"/app/price.js","line":1,"column":31,"function":"price","inApp":true}],"line":1,"endLine":2,"offset":0,"endOffset":97,"text":"TypeError: Cannot read properties of undefined (reading total)\n    at price (/app/price.js:1:31)"}');
INSERT INTO incidents VALUES('v1:160e8088414a963b961e34dca223383d','cannot ship',1,'api.log',5,410,'2026-05-04T10:00:04.000Z','api.log',5,410,'2026-05-04T10:00:04.000Z','skipped','dry-run',0,NULL,'{"id":"e70de43955c644ee:410","source":"api.log","format":"docker","language":"none","level":"error","type":null,"message":"cannot ship","frames":[],"line":5,"endLine":5,"offset":410,"endOffset":498,"time":"2026-05-04T10:00:04.000Z","text":"ERROR cannot ship"}');
CREATE TABLE traces (
     id TEXT NOT NULL PRIMARY KEY,
     fingerprint TEXT NOT NULL,
     title TEXT NOT NULL,
     mode TEXT NOT NULL,
     state TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     cost_usd REAL,
     owner TEXT,                 -- JSON; who is repairing, while state = 'running'
     outcome TEXT                -- JSON; what the repair ended with
   , resumes INTEGER NOT NULL DEFAULT 0, sequel TEXT);
INSERT INTO traces VALUES('barz8pdbx2v5','v1:37362f8451a24b4724f05ca79fbd3c4b','TypeError: Cannot read properties of undefined (reading total)','code_blocks','failed','2026-11-28T17:45:26.155Z','2026-11-28T17:45:26.538Z',NULL,NULL,'{"trace":"barz8pdbx2v5","fingerprint":"v1:37362f8451a24b4724f05ca79fbd3c4b","outcome":"failed","reason":"Claude answered in a form that could not be read: no version but \"false (GNU coreutils) 9.1\\nCopyright (C) 2022 Free Software Foundation, Inc.\\nLice\"","code":"claude-garbage","hint":"check the versions with `ai-ops doctor`; the answer is in the trace; `ai-ops retry barz8pdbx2v5` goes on where it stopped","branch":null,"commit":null,"request":null,"proof":null,"files":[],"guard":[],"costUsd":null,"turns":null,"durationMs":383,"modelMs":null}',0,NULL);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
INSERT INTO bodies VALUES('barz8pdbx2v5','','');
CREATE TABLE steps (
     trace TEXT NOT NULL REFERENCES traces (id),
     position INTEGER NOT NULL,
     name TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     duration_ms INTEGER,
     outcome TEXT NOT NULL,
     summary TEXT NOT NULL,
     error TEXT,                 -- JSON
     PRIMARY KEY (trace, name)
   );
INSERT INTO steps VALUES('barz8pdbx2v5',0,'claim','2026-11-28T17:45:26.194Z','2026-11-28T17:45:26.217Z',23,'ok','no request for it yet',NULL);
INSERT INTO steps VALUES('barz8pdbx2v5',1,'checkout','2026-11-28T17:45:26.233Z','2026-11-28T17:45:26.306Z',73,'ok','main at 67c311648435, 1 files',NULL);
INSERT INTO steps VALUES('barz8pdbx2v5',2,'context','2026-11-28T17:45:26.328Z','2026-11-28T17:45:26.355Z',27,'ok','price.js:1 nearest frame; about 10 tokens; price.js:1 was last changed by a in 67c311648435 (first), 2026-05-01: 211 days before the error was first seen.',NULL);
INSERT INTO steps VALUES('barz8pdbx2v5',3,'baseline','2026-11-28T17:45:26.365Z','2026-11-28T17:45:26.377Z',12,'ok','no check and no test command is known',NULL);
INSERT INTO steps VALUES('barz8pdbx2v5',4,'fix','2026-11-28T17:45:26.384Z','2026-11-28T17:45:26.503Z',119,'failed','','{"code":"claude-garbage","message":"Claude answered in a form that could not be read: no version but \"false (GNU coreutils) 9.1\\nCopyright (C) 2022 Free Software Foundation, Inc.\\nLice\"","hint":"check the versions with `ai-ops doctor`; the answer is in the trace"}');
CREATE TABLE kept (
     trace TEXT NOT NULL REFERENCES traces (id),
     step TEXT NOT NULL,
     value TEXT NOT NULL,        -- JSON, opaque
     PRIMARY KEY (trace, step)
   );
INSERT INTO kept VALUES('barz8pdbx2v5','claim','{"format":1,"facts":{},"value":{"exact":{"branch":"ai-ops/fix-37362f8451a2","earlier":null}}}');
INSERT INTO kept VALUES('barz8pdbx2v5','checkout','{"format":1,"facts":{},"value":{"exact":{"commit":"67c3116484351d1b0db83fbef34bfc042aac8e87","branch":"main","remote":"/var/shop"}}}');
INSERT INTO kept VALUES('barz8pdbx2v5','context','{"format":1,"facts":{},"value":{"exact":{"commit":"67c3116484351d1b0db83fbef34bfc042aac8e87","author":"a","date":"2026-05-01T00:00:00.000Z","subject":"first","path":"price.js","line":1}}}');
INSERT INTO kept VALUES('barz8pdbx2v5','baseline','{"format":1,"facts":{},"value":{"exact":null}}');
CREATE TABLE outbox (
     id TEXT NOT NULL,
     notifier TEXT NOT NULL,
     kind TEXT NOT NULL,
     trace TEXT,
     fingerprint TEXT,
     message_id TEXT NOT NULL,
     recipients TEXT NOT NULL,   -- JSON array: those who are still to get it
     subject TEXT NOT NULL,
     line TEXT NOT NULL,
     content TEXT,               -- JSON: text, html, patch
     state TEXT NOT NULL,
     tries INTEGER NOT NULL,
     created_at TEXT NOT NULL,
     due_at TEXT NOT NULL,
     changed_at TEXT NOT NULL,
     owner TEXT,                 -- JSON; who is sending, while state = 'sending'
     detail TEXT NOT NULL,
     PRIMARY KEY (id, notifier)
   );
INSERT INTO outbox VALUES('failed.barz8pdbx2v5','mail','failed','barz8pdbx2v5','v1:37362f8451a24b4724f05ca79fbd3c4b','<ai-ops.failed.barz8pdbx2v5@example.org>','["dev@example.org"]','[ai-ops] Repair failed: TypeError in price (/app/price.js)','Repair failed: TypeError in price (/app/price.js): Claude answered in a form that could not be read: no version but "false (GNU coreutils) 9.1\nCopyright (C) 2022 Free Software Foundation, Inc.\nLice"','{"text":"Repair failed: TypeError in price (/app/price.js)\n\nNothing was proposed. Go on when the cause is gone, with: ai-ops retry barz8pdbx2v5\n\nWhy\n  Claude answered in a form that could not be read: no version but \"false (GNU coreutils) 9.1\\nCopyright (C) 2022 Free Software Foundation, Inc.\\nLice\"\n\nWhat happened\n  TypeError: Cannot read properties of undefined (reading total)\n  Seen 1×: first 2026-11-28T17:45:25.610Z, last 2026-11-28T17:45:25.610Z, in crash.log (line 1).\n\nHow this was made\n  Model: unknown USD\n  Trace barz8pdbx2v5: ai-ops status barz8pdbx2v5\n  v1:37362f8451a24b4724f05ca79fbd3c4b\n","html":"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Repair failed: TypeError in price (/app/price.js)</title></head>\n<body style=\"font-family:system-ui,sans-serif;font-size:14px;line-height:1.5;max-width:720px;margin:0 auto;padding:16px\">\n<h1 style=\"font-size:20px;margin:0 0 8px;overflow-wrap:anywhere\">Repair failed: TypeError in price (/app/price.js)</h1>\n<p>Nothing was proposed. Go on when the cause is gone, with: ai-ops retry barz8pdbx2v5</p>\n<h2 style=\"font-size:16px;margin:20px 0 6px\">Why</h2>\n<div style=\"font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5;overflow-wrap:anywhere\">Claude answered in a form that could not be read: no version but &quot;false (GNU coreutils) 9.1\\nCopyright (C) 2022 Free Software Foundation, Inc.\\nLice&quot;</div>\n<h2 style=\"font-size:16px;margin:20px 0 6px\">What happened</h2>\n<div style=\"font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5;overflow-wrap:anywhere\">TypeError: Cannot read properties of undefined (reading total)<br>\nSeen 1×: first 2026-11-28T17:45:25.610Z, last 2026-11-28T17:45:25.610Z, in crash.log (line 1).</div>\n<h2 style=\"font-size:16px;margin:20px 0 6px\">How this was made</h2>\n<div style=\"font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5;overflow-wrap:anywhere\">Model: unknown USD<br>\nTrace barz8pdbx2v5: ai-ops status barz8pdbx2v5<br>\nv1:37362f8451a24b4724f05ca79fbd3c4b</div>\n</body></html>\n","patch":""}','queued',1,'2026-11-28T17:45:26.545Z','2026-11-28T17:46:26.646Z','2026-11-28T17:45:26.646Z',NULL,'the mail server 127.0.0.1 could not be reached: connect ECONNREFUSED 127.0.0.1:1');
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_trace ON outbox (trace);
COMMIT;
