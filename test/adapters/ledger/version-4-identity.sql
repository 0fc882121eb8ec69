-- A ledger of schema version 4, written by the code of ai-ops 0.1.0 at commit ae8ec16 from version-4-identity.log: a request
-- that is open, one that was closed, one whose fix is confirmed, one of two names of one bug that has a request, a repair
-- that failed. Never changed: it stands for files in the field.
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
INSERT INTO checkpoints VALUES('app.log','g1',1040,26,'[]','{}','2026-05-04T12:00:00.000Z');
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
INSERT INTO incidents VALUES('v1:8de7ec60dd2f7f41beb18d48620dba22','TypeError: Cannot read properties of undefined (reading ''price'')',1,'app.log',2,33,'2026-05-04T12:00:00.000Z','app.log',2,33,'2026-05-04T12:00:00.000Z','proposed',NULL,1,'2026-05-04T12:00:00.000Z','{"id":"g1:33","source":"app.log","format":"text","language":"javascript","level":"error","type":"TypeError","message":"Cannot read properties of undefined (reading ''price'')","frames":[{"file":"/srv/shop/orders.js","line":42,"column":18,"function":"total","inApp":true}],"line":2,"endLine":3,"offset":33,"endOffset":139,"text":"TypeError: Cannot read properties of undefined (reading ''price'')\n    at total (/srv/shop/orders.js:42:18)"}');
INSERT INTO incidents VALUES('v1:a06d18f304130b4f6ce822fe4991c292','Error: boom',2,'app.log',5,180,'2026-05-04T12:00:00.000Z','app.log',8,301,'2026-05-04T12:00:00.000Z','closed','closed-by-person',1,'2026-05-04T12:00:00.000Z','{"id":"g1:180","source":"app.log","format":"text","language":"javascript","level":"error","type":"Error","message":"boom","frames":[{"file":"/srv/shop/.next/server/app/api/orders/route.js","line":1,"column":2042,"function":"GET","inApp":true}],"line":5,"endLine":6,"offset":180,"endOffset":259,"text":"Error: boom\n    at GET (/srv/shop/.next/server/app/api/orders/route.js:1:2042)"}');
INSERT INTO incidents VALUES('v1:b97a7ef1e00630db5a66b2eb38184aed','ValueError: bad id',1,'app.log',11,411,'2026-05-04T12:00:00.000Z','app.log',11,411,'2026-05-04T12:00:00.000Z','confirmed','confirmed',1,'2026-05-04T12:00:00.000Z','{"id":"g1:411","source":"app.log","format":"text","language":"python","level":"error","type":"ValueError","message":"bad id","frames":[{"file":"/srv/shop/orders/views.py","line":7,"function":"get","inApp":true}],"line":11,"endLine":14,"offset":411,"endOffset":543,"text":"Traceback (most recent call last):\n  File \"/srv/shop/orders/views.py\", line 7, in get\n    return Order.find(key)\nValueError: bad id"}');
INSERT INTO incidents VALUES('v1:fea4ced1ffadd08f1a43d32e10546718','TypeError: Cannot read properties of undefined (reading ''tax'')',1,'app.log',16,580,'2026-05-04T12:00:00.000Z','app.log',16,580,'2026-05-04T12:00:00.000Z','proposed',NULL,1,'2026-05-04T12:00:00.000Z','{"id":"g1:580","source":"app.log","format":"text","language":"javascript","level":"error","type":"TypeError","message":"Cannot read properties of undefined (reading ''tax'')","frames":[{"file":"https://shop.example/assets/orders-BkQ2x9Zd.js","line":1,"column":2042,"function":"tax","inApp":true}],"line":16,"endLine":17,"offset":580,"endOffset":710,"text":"TypeError: Cannot read properties of undefined (reading ''tax'')\n    at tax (https://shop.example/assets/orders-BkQ2x9Zd.js:1:2042)"}');
INSERT INTO incidents VALUES('v1:684465327a374b62f36ee10c954cbd71','TypeError: Cannot read properties of undefined (reading ''tax'')',1,'app.log',19,748,'2026-05-04T12:00:00.000Z','app.log',19,748,'2026-05-04T12:00:00.000Z','new',NULL,0,NULL,'{"id":"g1:748","source":"app.log","format":"text","language":"javascript","level":"error","type":"TypeError","message":"Cannot read properties of undefined (reading ''tax'')","frames":[{"file":"https://shop.example/assets/orders-CwX81_aT.js","line":1,"column":2301,"function":"tax","inApp":true}],"line":19,"endLine":20,"offset":748,"endOffset":878,"text":"TypeError: Cannot read properties of undefined (reading ''tax'')\n    at tax (https://shop.example/assets/orders-CwX81_aT.js:1:2301)"}');
INSERT INTO incidents VALUES('v1:abcb32998e5fc75cbb76c85506ab01e4','login refused, password=[redacted secret 1], no such account',1,'app.log',21,878,'2026-05-04T10:00:07.000Z','app.log',21,878,'2026-05-04T10:00:07.000Z','failed','claude-garbage',1,'2026-05-04T12:00:00.000Z','{"id":"g1:878","source":"app.log","format":"plain","language":"none","level":"error","type":null,"message":"login refused, password=[redacted secret 1], no such account","frames":[],"line":21,"endLine":21,"offset":878,"endOffset":956,"time":"2026-05-04T10:00:07.000Z","text":"2026-05-04 10:00:07 ERROR login refused, password=[redacted secret 1], no such account"}');
INSERT INTO incidents VALUES('v1:7ef286fa440538e0ee0a6f148a79b8aa','order 17 of acme is lost',1,'app.log',22,956,'2026-05-04T10:00:08.000Z','app.log',22,956,'2026-05-04T10:00:08.000Z','new',NULL,0,NULL,'{"id":"g1:956","source":"app.log","format":"plain","language":"none","level":"error","type":null,"message":"order 17 of acme is lost","frames":[],"line":22,"endLine":22,"offset":956,"endOffset":1007,"time":"2026-05-04T10:00:08.000Z","text":"2026-05-04 10:00:08 ERROR order 17 of acme is lost"}');
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
INSERT INTO traces VALUES('openorders01','v1:8de7ec60dd2f7f41beb18d48620dba22','TypeError','code_blocks','proposed','2026-05-04T12:00:00.000Z','2026-05-04T12:00:00.000Z',0.25,NULL,'{"trace":"openorders01","fingerprint":"v1:8de7ec60dd2f7f41beb18d48620dba22","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-8de7ec60dd2f","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/1","number":1,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('closedroute1','v1:a06d18f304130b4f6ce822fe4991c292','Error','code_blocks','closed','2026-05-04T12:00:00.000Z','2026-05-04T12:00:00.000Z',0.25,NULL,'{"trace":"closedroute1","fingerprint":"v1:a06d18f304130b4f6ce822fe4991c292","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-a06d18f30413","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/2","number":2,"state":"closed"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,'{"since":"2026-05-04T12:00:00.000Z"}');
INSERT INTO traces VALUES('confirmviews','v1:b97a7ef1e00630db5a66b2eb38184aed','ValueError','code_blocks','confirmed','2026-05-04T12:00:00.000Z','2026-05-04T12:00:00.000Z',0.25,NULL,'{"trace":"confirmviews","fingerprint":"v1:b97a7ef1e00630db5a66b2eb38184aed","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-b97a7ef1e006","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/3","number":3,"state":"merged"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,'{"since":"2026-05-04T12:00:00.000Z"}');
INSERT INTO traces VALUES('openbuild001','v1:fea4ced1ffadd08f1a43d32e10546718','TypeError','code_blocks','proposed','2026-05-04T12:00:00.000Z','2026-05-04T12:00:00.000Z',0.25,NULL,'{"trace":"openbuild001","fingerprint":"v1:fea4ced1ffadd08f1a43d32e10546718","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-fea4ced1ffad","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/4","number":4,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('failedlogin1','v1:abcb32998e5fc75cbb76c85506ab01e4','login refused','code_blocks','failed','2026-05-04T12:00:00.000Z','2026-05-04T12:00:00.000Z',NULL,NULL,'{"trace":"failedlogin1","fingerprint":"v1:abcb32998e5fc75cbb76c85506ab01e4","outcome":"failed","reason":"no","code":"claude-garbage","branch":null,"commit":null,"request":null,"proof":null,"files":[],"guard":[],"costUsd":null,"turns":null,"durationMs":383,"modelMs":null}',0,NULL);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
INSERT INTO bodies VALUES('openorders01','','');
INSERT INTO bodies VALUES('closedroute1','','');
INSERT INTO bodies VALUES('confirmviews','','');
INSERT INTO bodies VALUES('openbuild001','','');
INSERT INTO bodies VALUES('failedlogin1','','');
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
CREATE TABLE kept (
     trace TEXT NOT NULL REFERENCES traces (id),
     step TEXT NOT NULL,
     value TEXT NOT NULL,        -- JSON, opaque
     PRIMARY KEY (trace, step)
   );
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
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_trace ON outbox (trace);
COMMIT;
