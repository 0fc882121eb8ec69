-- A ledger as the last version that kept nothing of where incidents came from left it: two errors of an application, one seen twice.
-- Never changed: it stands for files in the field.
PRAGMA user_version = 13;
PRAGMA application_id = 1634299760;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
   , resumes INTEGER NOT NULL DEFAULT 0, sequel TEXT, repository TEXT NOT NULL DEFAULT '', follows TEXT);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
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
CREATE TABLE former_names (
     name TEXT NOT NULL PRIMARY KEY,
     fingerprint TEXT NOT NULL
   ) WITHOUT ROWID;
CREATE TABLE change_log (generation INTEGER NOT NULL);
INSERT INTO change_log VALUES(2);
CREATE TABLE repositories (
     id TEXT NOT NULL PRIMARY KEY,
     name TEXT NOT NULL,         -- host/owner/name, or path:/…
     mark TEXT                   -- of its git directory
   ) WITHOUT ROWID;
INSERT INTO repositories VALUES('eaee0e754bf1','git.example.org/shop','11141630:1795999614221161192');
CREATE TABLE former_repositories (
     name TEXT NOT NULL PRIMARY KEY,
     repository TEXT NOT NULL
   ) WITHOUT ROWID;
CREATE TABLE incidents (
     repository TEXT NOT NULL,
     fingerprint TEXT NOT NULL,
     title TEXT NOT NULL,
     count INTEGER NOT NULL,
     first_source TEXT NOT NULL, first_line INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_time TEXT NOT NULL,
     last_source TEXT NOT NULL, last_line INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_time TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     attempts INTEGER NOT NULL,
     last_attempt_at TEXT,
     sample TEXT NOT NULL,       -- JSON of the first event, packed
     counted_at TEXT,
     ignored TEXT,               -- JSON: since when, and why; nobody repairs it
     PRIMARY KEY (repository, fingerprint)
   );
INSERT INTO incidents VALUES('eaee0e754bf1','v2:8de7ec60dd2f7f41beb18d48620dba22','TypeError: x is undefined',2,'app.log',1,0,'2026-03-01T10:00:00.000Z','app.log',2,265,'2026-03-01T10:01:00.000Z','skipped','dry-run',0,NULL,X'789c75514d6fdc2014fc2b684eadc47ab19d0f855b0fbd55ca25a7961e287e38243658809d44abfdef15781b299522718079338f376f4e700324c818dbf5babfebae8cb0d7bd14e048618d8620a197a599c2080e1be2ac3324a630c6358163d27e5cf558684f7ad3c944b7e482d34653e91c6388e0c86f4be13cbc2df4fd02cd94d2ae7c652eb1d50f649da7a1fc13f54c09f2d709d64d85724c713ba6c7b01c5334c710078aa979aa13384f906dc761c2b4ce1eb2e7b0ab37d9050f891cb29ec0e1fcb76581cc71a5f3ef771907f9e1c7bf7bb03651861415bebfbcba9b6b8eece6324727ba9b83e80fa27d688514e53442889fc522bd96d59cd46e5e41aaddbe0257555fa1cf3a5456a2b839b3138bdb0a3e8694bdbec85fe8cfa1adf04631b9e0f7a6cd55232a3aa7b1227545acbd6556bb89865aa31815e449d5342aeb3d8f5dbb27522b1f33d987cbda3c7f9449f61f4f79c618d399d5b5b32f9fe426db4ef65f15ce679cff026525cab1','2026-11-30T00:47:20.543Z',NULL);
INSERT INTO incidents VALUES('eaee0e754bf1','v2:2bc0e9939e18ce6d9db85e2039fa068d','card declined by bank',1,'app.log',3,530,'2026-03-01T10:02:00.000Z','app.log',3,530,'2026-03-01T10:02:00.000Z','skipped','dry-run',0,NULL,X'789c758fc14e843014457f85dc75993ce8cc18fb0d266e5c292e4a7920b1b4a4855132997f372de34e77ed79f7dd9e5e3176506063fa5a6af9581f0df527a94e922010fd1a0c4341cff3c1fa0102bd0f935ea060fd10d60801abddb0ea21c59c779c085fd8a6d6107c80c0b2cd0ce5566b05268e710f1b1dbaa2636347c75dd16e45abdd677a21e88923d4dbbb409a41490176ddd3efd9f77de405c9310f9eeff7f3f1416019a7545e537d2e499654bd54a4a8564407227a4d36fc9dfcafcdeed94035bb6903d1e4fd8cfe6bc8a9c8e1329a3d38eb2db30f1f17a7efdb5fdc9655c6531c32f9f3bb0d6eb8fd00c51d756e','2026-11-30T00:47:20.543Z',NULL);
CREATE TABLE checkpoints (
     repository TEXT NOT NULL,
     source TEXT NOT NULL,
     stream TEXT NOT NULL,
     token TEXT NOT NULL,        -- opaque
     line INTEGER,               -- lines before it, where the source counts them
     counted TEXT NOT NULL,      -- JSON array of tokens
     stored_at TEXT NOT NULL,
     PRIMARY KEY (repository, source, stream)
   ) WITHOUT ROWID;
INSERT INTO checkpoints VALUES('eaee0e754bf1','app.log','eccf23a3924c0f53','647 {"path":"/srv/shop/app.log","key":"65024:11133513","born":"1795999614269161192","mtimeMs":1795999614275.5005,"headLength":647,"head":"7c74769f59430f89b49080355e120d26","beforeLength":647,"before":"7c74769f59430f89b49080355e120d26","over":false}',3,'[]','2026-11-30T00:47:20.538Z');
CREATE TABLE deliveries (
     repository TEXT NOT NULL,
     id TEXT NOT NULL,
     notifier TEXT NOT NULL,
     kind TEXT NOT NULL,
     trace TEXT,
     fingerprint TEXT,
     delivery_id TEXT NOT NULL,
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
     PRIMARY KEY (repository, id, notifier)
   );
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE INDEX former_names_by_fingerprint ON former_names (fingerprint);
CREATE INDEX incidents_by_last ON incidents (repository, last_time DESC, count DESC, fingerprint);
CREATE INDEX incidents_by_state ON incidents (repository, state, last_time);
CREATE INDEX incidents_cut_off ON incidents (repository, last_time) WHERE reason = 'interrupted';
CREATE INDEX incidents_seen_once ON incidents (counted_at) WHERE count = 1;
CREATE INDEX deliveries_by_state ON deliveries (state, due_at);
CREATE INDEX deliveries_by_trace ON deliveries (trace);
COMMIT;
