-- A ledger of schema version 1, written by hand. Never changed: it stands for files in the field.
PRAGMA application_id = 0x61696f70;
PRAGMA user_version = 1;
CREATE TABLE checkpoints (source TEXT NOT NULL, generation TEXT NOT NULL, "offset" INTEGER NOT NULL, lines INTEGER NOT NULL,
  counted TEXT NOT NULL, identity TEXT NOT NULL, stored_at TEXT NOT NULL, PRIMARY KEY (source, generation)) WITHOUT ROWID;
CREATE TABLE incidents (fingerprint TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, count INTEGER NOT NULL,
  first_source TEXT NOT NULL, first_line INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_time TEXT NOT NULL,
  last_source TEXT NOT NULL, last_line INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_time TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT, attempts INTEGER NOT NULL, last_attempt_at TEXT, sample TEXT NOT NULL);
CREATE TABLE traces (id TEXT NOT NULL PRIMARY KEY, fingerprint TEXT NOT NULL, title TEXT NOT NULL, mode TEXT NOT NULL,
  state TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, cost_usd REAL, owner TEXT, outcome TEXT);
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE TABLE bodies (trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id), summary TEXT NOT NULL, diff TEXT NOT NULL);
CREATE TABLE steps (trace TEXT NOT NULL REFERENCES traces (id), position INTEGER NOT NULL, name TEXT NOT NULL, started_at TEXT NOT NULL,
  ended_at TEXT, duration_ms INTEGER, outcome TEXT NOT NULL, summary TEXT NOT NULL, error TEXT, PRIMARY KEY (trace, name));

INSERT INTO checkpoints VALUES ('app.log', 'g1', 120, 120, '[130,150]', '{"at":120}', '2026-02-20T08:00:00.000Z');
INSERT INTO incidents VALUES ('v1:00112233445566778899aabbccddeeff', 'TypeError: x is undefined', 7,
  'app.log', 1, 3, '2026-02-20T07:00:00.000Z', 'app.log', 9, 90, '2026-02-20T07:30:00.000Z',
  'failed', 'claude-timeout', 2, '2026-02-20T07:10:00.000Z',
  '{"id":"g1:3","source":"app.log","format":"plain","language":"javascript","level":"error","type":"TypeError","message":"x is undefined","frames":[],"line":1,"endLine":2,"offset":3,"endOffset":43,"text":"TypeError: x is undefined"}');
INSERT INTO traces VALUES ('first', 'v1:00112233445566778899aabbccddeeff', 'one', 'code_blocks', 'failed',
  '2026-02-20T07:00:00.000Z', '2026-02-20T07:05:00.000Z', 0.25, NULL,
  '{"trace":"first","fingerprint":"v1:00112233445566778899aabbccddeeff","outcome":"failed","reason":"no answer in time","code":"claude-timeout","branch":null,"commit":null,"request":null,"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":null,"durationMs":300000,"modelMs":null}');
INSERT INTO traces VALUES ('second', 'v1:00112233445566778899aabbccddeeff', 'two', 'agentic', 'interrupted',
  '2026-02-20T07:10:00.000Z', NULL, NULL, NULL, NULL);
INSERT INTO bodies VALUES ('first', 'tried', '--- a' || char(10));
INSERT INTO steps VALUES ('first', 0, 'fix', '2026-02-20T07:00:00.000Z', '2026-02-20T07:05:00.000Z', 300000, 'failed', 'no answer',
  '{"code":"claude-timeout","message":"Claude did not answer","hint":"raise claude.timeoutSeconds"}');
