-- A ledger as the last version that knew no repositories left it: of three applications, one of them without a remote.
-- Never changed: it stands for files in the field. What that version read from it is in version-9.json.
PRAGMA user_version = 9;
PRAGMA application_id = 1634299760;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
   , counted_at TEXT);
INSERT INTO incidents VALUES('v2:4035f519283eb03a30fadf2ff8a47937','TypeError: discount is undefined: größe 值',1,'logs/app.log',13,1300,'2026-11-20T09:00:13.000Z','logs/app.log',20,1300,'2026-11-20T09:13:00.000Z','proposed',NULL,1,'2026-11-20T09:00:00.000Z',X'789c75903d6e02311085af624d1524c37a591192e952d0454242e9420a6b77763132b6657b110821e526b945aa749c25f788cc7f9028fdfcde9b996f03aa0284262f302f84000ec1b6be2440d0b6099974aea76d031c6aeb17320282d35219e0a0a5695ad924eb5c2e6528bd7231e9b4240d08e4bdf5c021ae5df2bcad1d8d8ed2824238242b154adb9ac85460ada9a856862a648ddf7defbe88fd7efea4d15e2e2800be6fa0563ac5b2e09759985997055f66a792de3ca4f9ca10605e7028ad6e170670c8a16e4d19953557238183322fce0146dfd296df2957a6a2d57573f1af6d264da5c9df947d5caf41a67a3d3c061c6c5d078ab0a7bdff1a9f8567c121d22a31ee8bfe6337cfbb7dc1c4130a81427021041b4d26e3094bbb213bdd313567b417f13ecfa9618c31192fd687bb34312f70d839278eb7de064e84b0c04107b67f0a1fc688','2026-11-20T09:00:00.000Z');
INSERT INTO incidents VALUES('v2:25548608b75f87fae5d9a824dd20d94d','RangeError: stock is undefined: größe 值',2,'logs/app.log',21,2100,'2026-11-20T09:00:21.000Z','logs/app.log',28,2100,'2026-11-20T09:21:00.000Z','closed','closed-by-person',1,'2026-11-20T09:00:00.000Z',X'789c7590416ec2301045af62cdaa488638412dedecba60570929dbd285954c82a9635bb683a810526fd25b74d51d67e93daa40a01495a5bffffc3ff336a04a40a8b314b35408e0106ceb0b02046deb9048e746dad6c0a1b2be9111109c96ca00072d4dddcabab32ee54a86c22b173b9d56a40181bcb71e38c437d77972696a9af65a43211c4643b4c52b5381b5a6a44a192a91d57ef7b9fb20f6fdfed5157bd950007cde40a574379304bf4ac2c2ba24f822d9278c96a1ab568600b394436175db18c00987aa354554d61ccb8083328fce0146dfd2965f8955a6a4f579ecf84fd4429a5293bf087b39df814cf974788c39d8aa0a14614f79ff353b090f8243a475c73613d9dd304d879960e21e854021b810824df37c96b36e3764fb23e6e697672f5d8738378c312663efbbf99f1f66294e06276f7fe0a5fb8805c7783b80ed0fca3cbe33','2026-11-20T09:00:00.000Z');
INSERT INTO incidents VALUES('v2:51a0f4fd2ddd7b84587bed7c30335986','TypeError: send is undefined: größe 值',3,'/var/log/mailer.log',31,3100,'2026-11-20T09:00:31.000Z','/var/log/mailer.log',38,3100,'2026-11-20T09:31:00.000Z','proposed',NULL,1,'2026-11-20T09:00:00.000Z',X'789c7590414ec3301045af62cd8a4a6ee33482c2ec58748754a962475958c924b872ecc876a25655256ec22d58b1eb59b8077213aa16d4a5bffffcf9f376a00a40a8b214b35408e0e06deb720284a4932ed1b64a6aa934b989b6157028adab650084464b65808396a66a651527d6b2933e77aa0951a78e34209073d60187b06da2e779dbd07c906af2be9ff4640aa63c6b4d41a5325420abdce1f3f041ecfbfd2bae75b2260ff8b28352e9633defbaa15ae25d9ec488c9dac7cdca10609672c8ad6e6b0338e350b6260fca9a61197050e6b16900836b69cfafc62a53d0e622f722eb4d9a4293fb13f77a5e824cf1d43f320eb62c3d0538c23e7e2d4ec283e0106813d94ec5f46e9ca6e3a960e21e854021b81082cd97cbc592f5ed90c53b56e604b417ae535c19c61893a1b7dd5ce187598ab3d1c93bdcf7dffecb0533bc1dc1fe078f0fc07c','2026-11-20T09:00:00.000Z');
INSERT INTO incidents VALUES('v2:fcc5cf0bc4c4adf754827f69b787076d','ReferenceError: save is undefined: größe 值',4,'notes.log',41,4100,'2026-11-20T09:00:41.000Z','notes.log',48,4100,'2026-11-20T09:41:00.000Z','proposed',NULL,1,'2026-11-20T09:00:00.000Z',X'789c7590414ec3301045af62cd8a4a2e71da4061762cba43aa942d65612593e02a9944b613155595b809b760c5ae67e11ec84da95aa04b7ffff9f3e76dc0e48050263126b15220c1359dcd0810b8f1e4aeaba6040945636bed01a1adb4619050692e3b5d06df4af7da65d6b43ee8d4530508646d6341827f6d8327a5822c7146f3835e9373c3b8d33d09e344c7391586294751daddc7ee9dc4d7db67d86d754d0ef0690385a9c248e46c1fedeb45ce665148b85eb9b0dd300126b184aca9ba9a0167128a8e336f1a3eec0209861fda16d0db8eb6f252aae19cd6a7b1d3b3a817cd7945f657daf36907e2fc71784c253445e1c8c39ef2fe6b7114ee95044feb8077a226b7e3381e4f945077a8142a259552629ea68b54eccba108572cf91ce9a05ee6b8642184d07eb05dfd4f10931867a3a3f570e21ff70f199ce2cd08b6df6889bf83','2026-11-20T09:00:00.000Z');
INSERT INTO incidents VALUES('v2:09423fd20c3828812e3d25758fca86de','SyntaxError: parse is undefined: größe 值',5,'notes.log',51,5100,'2026-11-20T09:00:51.000Z','notes.log',58,5100,'2026-11-20T09:51:00.000Z','new',NULL,0,NULL,X'789c7590416ec2301045af62cdaa488638a09476765db0ab844497a50b2b99a446c938b21d044248bd496fd155779ca5f7a8120282562cfdfde7cf9fb70393014291c498c44a81046f1b971220b00de447a52d40426e5da50320d4a5360c124acd45a38bd6b7d26bed5367ead0eab4a61210c839eb4042d8d6ade765cb416f66bd5891f7c7d95a3b4fc278d17046b961ca5014eef075f824f1f3f1dd6e76ba220ff8ba83dc94ed4ce4dd3aeaca45dea55117315af976b961024c6209a92d9b8a01a712f286d3602c9fb68104c34f750d185c437b792bd770469bcbdcc955d6bbe6ac24f727ededb20471f67c7c4c24d83cf714a0a3dc7dcdcfc2a3921068d3e21dabf1fd308e876325d4032a854a49a594982d16f385e8caa1e8ce58f205d35ebb0d72c94208a143efbbbbc1109318a783b3b9bff19ffd840627980c60ff0bb515c06f','2026-11-20T09:00:00.000Z');
INSERT INTO incidents VALUES('v2:f821a3599ddbc70acfef00f5b3e252be','TypeError: ship is undefined: größe 值',6,'logs/app.log',61,6100,'2026-11-20T09:01:01.000Z','logs/app.log',68,6100,'2026-11-20T10:01:00.000Z','failed','claude-timeout',1,'2026-11-20T09:00:00.000Z',X'789c7590c16a023110865f25cca94274b34ad7766e3d782b08d25bed21ecceae916c1292ac2822f44dfa163df5e6b3f43d4ad48a957acc9f7ffe7fe6db82aa00a129722c72218043b09d2f0910b46d42269d1b68db0087dafa564640705a2a031cb4344d279b645dca950ca5572e269d56a40181bcb71e38c48d4b9e978da3c9496a2984e3645828c754609da9a856862a648ddf7fee3f887dbf7fa55a2f5b0a80af5ba8954e2359f0ab2c2caccb822fb314305886d4ab0c01163987d2eaae3580630e7567caa8ac39550107659e9c038cbea31dbf11aa4c45ebcbd4d19fa4853495267f15f676b90299eaf9f81871b0751d28c281f0e16b7a161e058748ebc4752886453fcffb43c1c4030a81427021049bcc66d3194bbb214b37cccd19e551b8cd6f6e18634cc6a3edee5f7258e438ee9d9da7dbaecdbf447084f73dd8fd00c22bbaad','2026-11-20T09:00:00.000Z');
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
INSERT INTO traces VALUES('price0000000','v2:4035f519283eb03a30fadf2ff8a47937','TypeError: discount is undefined: größe 值','code_blocks','proposed','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0.25,NULL,'{"trace":"price0000000","fingerprint":"v2:4035f519283eb03a30fadf2ff8a47937","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-0","commit":"c0ffee","request":{"url":"https://github.com/acme/shop/pull/7","number":7,"state":"open"},"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('stock0000000','v2:25548608b75f87fae5d9a824dd20d94d','RangeError: stock is undefined: größe 值','code_blocks','closed','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0.25,NULL,'{"trace":"stock0000000","fingerprint":"v2:25548608b75f87fae5d9a824dd20d94d","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-0","commit":"c0ffee","request":{"url":"https://github.com/acme/shop/pull/9","number":9,"state":"closed"},"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,'{"since":"2026-11-20T09:00:00.000Z"}');
INSERT INTO traces VALUES('mail00000000','v2:51a0f4fd2ddd7b84587bed7c30335986','TypeError: send is undefined: größe 值','code_blocks','proposed','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0.25,NULL,'{"trace":"mail00000000","fingerprint":"v2:51a0f4fd2ddd7b84587bed7c30335986","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-0","commit":"c0ffee","request":{"url":"https://gitlab.example.org:8443/ops/tools/mailer/-/merge_requests/3","number":3,"state":"open"},"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('local0000000','v2:fcc5cf0bc4c4adf754827f69b787076d','ReferenceError: save is undefined: größe 值','code_blocks','proposed','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0.25,NULL,'{"trace":"local0000000","fingerprint":"v2:fcc5cf0bc4c4adf754827f69b787076d","outcome":"proposed","reason":"proposed with proof L2","code":null,"branch":"ai-ops/fix-0","commit":"c0ffee","request":{"url":"/home/me/.local/state/ai-ops/requests/fix-0123456789ab.md","number":null,"state":"local"},"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
INSERT INTO traces VALUES('failed000000','v2:f821a3599ddbc70acfef00f5b3e252be','TypeError: ship is undefined: größe 值','code_blocks','failed','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0.25,NULL,'{"trace":"failed000000","fingerprint":"v2:f821a3599ddbc70acfef00f5b3e252be","outcome":"failed","reason":"Claude took longer","code":"claude-timeout","branch":null,"commit":null,"request":null,"proof":null,"files":[],"guard":[],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
INSERT INTO bodies VALUES('price0000000','said',replace('--- a\n','\n',char(10)));
INSERT INTO bodies VALUES('stock0000000','said',replace('--- a\n','\n',char(10)));
INSERT INTO bodies VALUES('mail00000000','said',replace('--- a\n','\n',char(10)));
INSERT INTO bodies VALUES('local0000000','said',replace('--- a\n','\n',char(10)));
INSERT INTO bodies VALUES('failed000000','said',replace('--- a\n','\n',char(10)));
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
INSERT INTO steps VALUES('price0000000',0,'claim','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0,'ok','no request for it yet',NULL);
INSERT INTO steps VALUES('stock0000000',0,'claim','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0,'ok','no request for it yet',NULL);
INSERT INTO steps VALUES('mail00000000',0,'claim','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0,'ok','no request for it yet',NULL);
INSERT INTO steps VALUES('local0000000',0,'claim','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0,'ok','no request for it yet',NULL);
INSERT INTO steps VALUES('failed000000',0,'claim','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',0,'ok','no request for it yet',NULL);
CREATE TABLE kept (
     trace TEXT NOT NULL REFERENCES traces (id),
     step TEXT NOT NULL,
     value TEXT NOT NULL,        -- JSON, opaque
     PRIMARY KEY (trace, step)
   );
CREATE TABLE IF NOT EXISTS "deliveries" (
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
     PRIMARY KEY (id, notifier)
   );
INSERT INTO deliveries VALUES('proposed.mail00000000','mail','proposed','mail00000000','v2:51a0f4fd2ddd7b84587bed7c30335986','<mail00000000@x>','["a@b.c"]','s','l','{"text":"t","html":"h","patch":""}','queued',0,'2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z','2026-11-20T09:00:00.000Z',NULL,'');
CREATE TABLE former_names (
     name TEXT NOT NULL PRIMARY KEY,
     fingerprint TEXT NOT NULL
   ) WITHOUT ROWID;
CREATE TABLE change_log (generation INTEGER NOT NULL);
INSERT INTO change_log VALUES(6);
CREATE TABLE checkpoints (
     source TEXT NOT NULL,
     stream TEXT NOT NULL,
     token TEXT NOT NULL,        -- opaque
     line INTEGER,               -- lines before it, where the source counts them
     counted TEXT NOT NULL,      -- JSON array of tokens
     stored_at TEXT NOT NULL,
     PRIMARY KEY (source, stream)
   ) WITHOUT ROWID;
INSERT INTO checkpoints VALUES('/var/log/mailer.log','s902','902 {"inode":902}',902,'["907"]','2026-11-20T09:00:00.000Z');
INSERT INTO checkpoints VALUES('logs/app.log','s900','900 {"inode":900}',900,'["905"]','2026-11-20T09:00:00.000Z');
INSERT INTO checkpoints VALUES('logs/app.log','s901','901 {"inode":901}',901,'["906"]','2026-11-20T09:00:00.000Z');
INSERT INTO checkpoints VALUES('logs/app.log','s905','905 {"inode":905}',905,'["910"]','2026-11-20T09:00:00.000Z');
INSERT INTO checkpoints VALUES('notes.log','s903','903 {"inode":903}',903,'["908"]','2026-11-20T09:00:00.000Z');
INSERT INTO checkpoints VALUES('notes.log','s904','904 {"inode":904}',904,'["909"]','2026-11-20T09:00:00.000Z');
CREATE INDEX traces_by_start ON traces (started_at, cost_usd);
CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at);
CREATE INDEX traces_by_state ON traces (state, started_at);
CREATE INDEX incidents_by_last ON incidents (last_time DESC, count DESC, fingerprint);
CREATE INDEX incidents_by_state ON incidents (state, last_time);
CREATE INDEX incidents_cut_off ON incidents (last_time) WHERE reason = 'interrupted';
CREATE INDEX incidents_seen_once ON incidents (counted_at) WHERE count = 1;
CREATE INDEX deliveries_by_state ON deliveries (state, due_at);
CREATE INDEX deliveries_by_trace ON deliveries (trace);
CREATE INDEX former_names_by_fingerprint ON former_names (fingerprint);
COMMIT;
