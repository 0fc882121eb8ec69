-- A ledger as the last version without a change log left it, of every state an incident can have. Never changed: it stands
-- for files in the field. What that version read from it is in version-4.json.
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
INSERT INTO checkpoints VALUES('app.log','g1',900,30,'[905]','{"inode":7}','2026-02-20T08:00:05.000Z');
INSERT INTO checkpoints VALUES('app.log','g2',901,31,'[905]','{"inode":8}','2026-02-20T08:00:06.000Z');
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
INSERT INTO incidents VALUES('v1:6f6e63652e2e2e2e2e2e2e2e2e2e2e2e','TypeError: once is undefined',1,'app.log',1,100,'2026-02-20T08:00:07.000Z','app.log',4,100,'2026-02-20T08:00:07.000Z','new',NULL,0,NULL,'{"id":"g1:100","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"once is undefined","frames":[{"file":"/srv/app/src/once.js","line":1,"column":7,"function":"total","inApp":true}],"line":1,"endLine":3,"offset":100,"endOffset":190,"text":"2026-02-20 08:00:00,000 ERROR shop: once: größe 值\nTypeError: once is undefined\n    at total (/srv/app/src/once.js:1:7)"}');
INSERT INTO incidents VALUES('v1:6f6674656e2e2e2e2e2e2e2e2e2e2e2e','TypeError: often is undefined',40,'app.log',2,200,'2026-02-20T08:00:08.000Z','app.log',5,200,'2026-02-20T08:00:08.000Z','new',NULL,0,NULL,'{"id":"g1:200","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"often is undefined","frames":[{"file":"/srv/app/src/often.js","line":2,"column":7,"function":"total","inApp":true}],"line":2,"endLine":4,"offset":200,"endOffset":290,"text":"2026-02-20 08:00:00,000 ERROR shop: often: größe 值\nTypeError: often is undefined\n    at total (/srv/app/src/often.js:2:7)"}');
INSERT INTO incidents VALUES('v1:77616974696e672e2e2e2e2e2e2e2e2e','TypeError: waiting is undefined',2,'app.log',3,300,'2026-02-20T08:00:09.000Z','app.log',6,300,'2026-02-20T08:00:09.000Z','waiting','below-min-count',0,NULL,'{"id":"g1:300","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"waiting is undefined","frames":[{"file":"/srv/app/src/waiting.js","line":3,"column":7,"function":"total","inApp":true}],"line":3,"endLine":5,"offset":300,"endOffset":390,"text":"2026-02-20 08:00:00,000 ERROR shop: waiting: größe 值\nTypeError: waiting is undefined\n    at total (/srv/app/src/waiting.js:3:7)"}');
INSERT INTO incidents VALUES('v1:70726f706f7365642e2e2e2e2e2e2e2e','TypeError: proposed is undefined',5,'app.log',4,400,'2026-02-20T08:00:10.000Z','app.log',7,400,'2026-02-20T08:00:10.000Z','proposed',NULL,1,'2026-02-20T08:00:18.000Z','{"id":"g1:400","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"proposed is undefined","frames":[{"file":"/srv/app/src/proposed.js","line":4,"column":7,"function":"total","inApp":true}],"line":4,"endLine":6,"offset":400,"endOffset":490,"text":"2026-02-20 08:00:00,000 ERROR shop: proposed: größe 值\nTypeError: proposed is undefined\n    at total (/srv/app/src/proposed.js:4:7)"}');
INSERT INTO incidents VALUES('v1:636c6f7365642e2e2e2e2e2e2e2e2e2e','TypeError: closed is undefined',6,'app.log',5,500,'2026-02-20T08:00:11.000Z','app.log',8,500,'2026-02-20T08:00:11.000Z','closed','closed-by-person',1,'2026-02-20T08:00:23.000Z','{"id":"g1:500","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"closed is undefined","frames":[{"file":"/srv/app/src/closed.js","line":5,"column":7,"function":"total","inApp":true}],"line":5,"endLine":7,"offset":500,"endOffset":590,"text":"2026-02-20 08:00:00,000 ERROR shop: closed: größe 值\nTypeError: closed is undefined\n    at total (/srv/app/src/closed.js:5:7)"}');
INSERT INTO incidents VALUES('v1:6d65726765642e2e2e2e2e2e2e2e2e2e','TypeError: merged is undefined',7,'app.log',6,600,'2026-02-20T08:00:12.000Z','app.log',9,600,'2026-02-20T08:00:12.000Z','merged','already-merged',1,'2026-02-20T08:00:27.000Z','{"id":"g1:600","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"merged is undefined","frames":[{"file":"/srv/app/src/merged.js","line":6,"column":7,"function":"total","inApp":true}],"line":6,"endLine":8,"offset":600,"endOffset":690,"text":"2026-02-20 08:00:00,000 ERROR shop: merged: größe 值\nTypeError: merged is undefined\n    at total (/srv/app/src/merged.js:6:7)"}');
INSERT INTO incidents VALUES('v1:6661696c65642e2e2e2e2e2e2e2e2e2e','TypeError: failed is undefined',3,'app.log',7,700,'2026-02-20T08:00:13.000Z','app.log',10,700,'2026-02-20T08:00:13.000Z','failed','claude-timeout',1,'2026-02-20T08:00:31.000Z','{"id":"g1:700","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"failed is undefined","frames":[{"file":"/srv/app/src/failed.js","line":7,"column":7,"function":"total","inApp":true}],"line":7,"endLine":9,"offset":700,"endOffset":790,"text":"2026-02-20 08:00:00,000 ERROR shop: failed: größe 值\nTypeError: failed is undefined\n    at total (/srv/app/src/failed.js:7:7)"}');
INSERT INTO incidents VALUES('v1:74726965642e2e2e2e2e2e2e2e2e2e2e','TypeError: tried is undefined',2,'app.log',8,800,'2026-02-20T08:00:14.000Z','app.log',11,800,'2026-02-20T08:00:14.000Z','refused','guard-refused',1,'2026-02-20T08:00:35.000Z','{"id":"g1:800","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"tried is undefined","frames":[{"file":"/srv/app/src/tried.js","line":8,"column":7,"function":"total","inApp":true}],"line":8,"endLine":10,"offset":800,"endOffset":890,"text":"2026-02-20 08:00:00,000 ERROR shop: tried: größe 值\nTypeError: tried is undefined\n    at total (/srv/app/src/tried.js:8:7)"}');
INSERT INTO incidents VALUES('v1:6375742e2e2e2e2e2e2e2e2e2e2e2e2e','TypeError: cut is undefined',4,'app.log',9,900,'2026-02-20T08:00:15.000Z','app.log',12,900,'2026-02-20T08:00:15.000Z','waiting','interrupted',1,'2026-02-20T08:00:41.000Z','{"id":"g1:900","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"cut is undefined","frames":[{"file":"/srv/app/src/cut.js","line":9,"column":7,"function":"total","inApp":true}],"line":9,"endLine":11,"offset":900,"endOffset":990,"text":"2026-02-20 08:00:00,000 ERROR shop: cut: größe 值\nTypeError: cut is undefined\n    at total (/srv/app/src/cut.js:9:7)"}');
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
INSERT INTO traces VALUES('proposed0001','v1:70726f706f7365642e2e2e2e2e2e2e2e','TypeError: proposed is undefined','code_blocks','proposed','2026-02-20T08:00:18.000Z','2026-02-20T08:00:20.000Z',0.25,NULL,'{"trace":"proposed0001","fingerprint":"v1:70726f706f7365642e2e2e2e2e2e2e2e","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-70726f706f73","commit":"c0ffee","request":{"url":"https://git.example.org/shop/pull/12","number":7,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/proposed.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('closed000001','v1:636c6f7365642e2e2e2e2e2e2e2e2e2e','TypeError: closed is undefined','code_blocks','closed','2026-02-20T08:00:23.000Z','2026-02-20T08:00:25.000Z',0.25,NULL,'{"trace":"closed000001","fingerprint":"v1:636c6f7365642e2e2e2e2e2e2e2e2e2e","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-636c6f736564","commit":"c0ffee","request":{"url":"https://git.example.org/shop/pull/8","number":8,"state":"closed"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/closed.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,'{"counted":6}');
INSERT INTO traces VALUES('merged000001','v1:6d65726765642e2e2e2e2e2e2e2e2e2e','TypeError: merged is undefined','code_blocks','merged','2026-02-20T08:00:27.000Z','2026-02-20T08:00:29.000Z',0.25,NULL,'{"trace":"merged000001","fingerprint":"v1:6d65726765642e2e2e2e2e2e2e2e2e2e","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-6d6572676564","commit":"c0ffee","request":{"url":"https://git.example.org/shop/pull/9","number":9,"state":"merged"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/merged.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,'{"mergedAt":"2026-02-20T10:00:00.000Z","counted":7,"quietMs":60000}');
INSERT INTO traces VALUES('failed000001','v1:6661696c65642e2e2e2e2e2e2e2e2e2e','TypeError: failed is undefined','code_blocks','failed','2026-02-20T08:00:31.000Z','2026-02-20T08:00:33.000Z',0.25,NULL,'{"trace":"failed000001","fingerprint":"v1:6661696c65642e2e2e2e2e2e2e2e2e2e","outcome":"failed","reason":"Claude took too long","code":"claude-timeout","branch":null,"commit":null,"request":null,"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('refused00001','v1:74726965642e2e2e2e2e2e2e2e2e2e2e','TypeError: tried is undefined','code_blocks','refused','2026-02-20T08:00:35.000Z','2026-02-20T08:00:37.000Z',0.25,NULL,'{"trace":"refused00001","fingerprint":"v1:74726965642e2e2e2e2e2e2e2e2e2e2e","outcome":"refused","reason":"the guard said no","code":"guard-refused","branch":null,"commit":null,"request":null,"proof":null,"files":[{"path":"src/tried.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('cut000000001','v1:6375742e2e2e2e2e2e2e2e2e2e2e2e2e','TypeError: cut is undefined','agentic','interrupted','2026-02-20T08:00:41.000Z',NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
INSERT INTO bodies VALUES('proposed0001','guards against undefined',replace('--- a/src/proposed.js\n+++ b/src/proposed.js\n','\n',char(10)));
INSERT INTO bodies VALUES('closed000001','guards against undefined',replace('--- a/src/closed.js\n+++ b/src/closed.js\n','\n',char(10)));
INSERT INTO bodies VALUES('merged000001','guards against undefined',replace('--- a/src/merged.js\n+++ b/src/merged.js\n','\n',char(10)));
INSERT INTO bodies VALUES('failed000001','guards against undefined',replace('--- a/src/failed.js\n+++ b/src/failed.js\n','\n',char(10)));
INSERT INTO bodies VALUES('refused00001','guards against undefined',replace('--- a/src/tried.js\n+++ b/src/tried.js\n','\n',char(10)));
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
INSERT INTO steps VALUES('proposed0001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('proposed0001',1,'fix','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','fix ok',NULL);
INSERT INTO steps VALUES('closed000001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('closed000001',1,'fix','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','fix ok',NULL);
INSERT INTO steps VALUES('merged000001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('merged000001',1,'fix','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','fix ok',NULL);
INSERT INTO steps VALUES('failed000001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('failed000001',1,'fix','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','fix ok',NULL);
INSERT INTO steps VALUES('refused00001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('refused00001',1,'fix','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','fix ok',NULL);
INSERT INTO steps VALUES('cut000000001',0,'claim','2026-02-20T09:00:00.000Z','2026-02-20T09:00:01.500Z',1500,'ok','claim ok',NULL);
INSERT INTO steps VALUES('cut000000001',1,'fix','2026-02-20T09:00:00.000Z',NULL,NULL,'interrupted','fix running',NULL);
CREATE TABLE kept (
     trace TEXT NOT NULL REFERENCES traces (id),
     step TEXT NOT NULL,
     value TEXT NOT NULL,        -- JSON, opaque
     PRIMARY KEY (trace, step)
   );
INSERT INTO kept VALUES('failed000001','fix','{"answer":"exact"}');
INSERT INTO kept VALUES('cut000000001','fix','{"asked":true}');
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
INSERT INTO outbox VALUES('m1','mail','proposed','proposed0001','v1:70726f706f7365642e2e2e2e2e2e2e2e','<ai-ops.m1@example.org>','["dev@example.org"]','subject m1','line',NULL,'sent',1,'2026-02-20T08:00:17.000Z','2026-02-20T08:00:17.000Z','2026-02-20T08:00:40.000Z',NULL,'mail sent to 1 recipient');
INSERT INTO outbox VALUES('m2','mail','proposed','closed000001','v1:636c6f7365642e2e2e2e2e2e2e2e2e2e','<ai-ops.m2@example.org>','["dev@example.org"]','subject m2','line','{"text":"text","html":"<p>","patch":"patch"}','queued',0,'2026-02-20T08:00:22.000Z','2026-02-20T08:00:22.000Z','2026-02-20T08:00:22.000Z',NULL,'');
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_trace ON outbox (trace);
COMMIT;
