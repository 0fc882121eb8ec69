-- A ledger of schema version 15, written by the code at commit 843f3854 from version-15.log: requests that are open, incidents that
-- were closed, confirmed, refused, merged, and repairs that failed. Never changed: it stands for files in the field.
PRAGMA user_version = 15;
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
INSERT INTO traces VALUES('proposed00','v2:80ba943aae5dcbf102bb8030a86fec67','repair proposed00','code_blocks','proposed','2026-03-01T12:00:00.000Z','2026-03-01T12:00:09.000Z',0.25,NULL,'{"trace":"proposed00","fingerprint":"v2:80ba943aae5dcbf102bb8030a86fec67","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-80ba943aae5d","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/1","number":1,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/orders.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL,'4e222a4a33b8',NULL);
INSERT INTO traces VALUES('proposed06','v2:e759fdb686e36262e198d503f7247756','repair proposed06','code_blocks','proposed','2026-03-01T12:00:00.000Z','2026-03-01T12:00:09.000Z',0.25,NULL,'{"trace":"proposed06","fingerprint":"v2:e759fdb686e36262e198d503f7247756","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-e759fdb686e3","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/7","number":7,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/orders.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL,'4e222a4a33b8',NULL);
INSERT INTO traces VALUES('proposed12','v2:56ddf25c45a5423fe19f9272a821a439','repair proposed12','code_blocks','proposed','2026-03-01T12:00:00.000Z','2026-03-01T12:00:09.000Z',0.25,NULL,'{"trace":"proposed12","fingerprint":"v2:56ddf25c45a5423fe19f9272a821a439","outcome":"proposed","reason":"request opened","code":null,"branch":"ai-ops/fix-56ddf25c45a5","commit":"c0ffee","request":{"url":"https://git.example/acme/shop/pull/13","number":13,"state":"open"},"proof":{"level":"L2","commands":[],"detail":"tests pass"},"files":[{"path":"src/orders.js","status":"modified","added":2,"removed":1}],"guard":[{"rule":"size","verdict":"allow","detail":"3 lines"}],"costUsd":0.25,"turns":1,"durationMs":9000,"modelMs":4000}',0,NULL,'4e222a4a33b8',NULL);
CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   );
INSERT INTO bodies VALUES('proposed00','guard against undefined',replace('--- a\n+++ b\n','\n',char(10)));
INSERT INTO bodies VALUES('proposed06','guard against undefined',replace('--- a\n+++ b\n','\n',char(10)));
INSERT INTO bodies VALUES('proposed12','guard against undefined',replace('--- a\n+++ b\n','\n',char(10)));
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
INSERT INTO change_log VALUES(5);
CREATE TABLE repositories (
     id TEXT NOT NULL PRIMARY KEY,
     name TEXT NOT NULL,         -- host/owner/name, or path:/…
     mark TEXT                   -- of its git directory
   ) WITHOUT ROWID;
INSERT INTO repositories VALUES('4e222a4a33b8','git.example/acme/shop',NULL);
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
     ignored TEXT, facts TEXT,               -- JSON: since when, and why; nobody repairs it
     PRIMARY KEY (repository, fingerprint)
   );
INSERT INTO incidents VALUES('4e222a4a33b8','v2:80ba943aae5dcbf102bb8030a86fec67','UniqueViolation: duplicate key value violates unique constraint "orders_pkey"',1,'app.log',1,0,'2026-01-02T03:04:05.000Z','app.log',1,0,'2026-01-02T03:04:05.000Z','proposed',NULL,1,'2026-03-01T12:00:00.000Z',X'789ca591cd6a1b3114855fe5725736286379622720e8221017424303aedb4533a5289a3b13618da4ea67f010f2ee65e466512874919d7474ced5a7a317d42d0aecd78223c3e872508402a5f795713d32ec5c18644281de486d91a191b6cfb29f5d7e4acfae683492418114820bc8304dbe9cc74939dfd755d163f5d5ea5f99be696764d22538508ce7596df6462b99088e34c1284d26188b9322e41204e56c4c416a9ba041175a0af1a73fd2d4e00c1ae44011c5e30b76dacc2357318cabf8ecfceaecadfc34b36a4b283635c32e5b55380446391232d4f6c67b1429647afdf1665d3324dbde97f51543d77591120a5ee4873fbbcbed9661d2c37c6fcdebab0bbebee0f5815f0abe117c5b71cebfcfc5d029fde5803707ecf6fb873d2869ad4b30f340a116f0be661a7b0852d1935447580c2e2608a4c82650d2183032a6a5682cc0476d089a7f75d62083b909d8d40cb42d6c730240e5105da8e8442a275adc7dfeb2db1fd8997bd9d8ff7cfffb5f76bb3bdcdcdd0b804f34c142b7cb0f8bf5f512a40924db09e8a4638a15befe06a674f8be','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:32c1a917d7fefa944503070b68196520','IntegrityError: (sqlite3.IntegrityError) NOT NULL constraint failed: orders.total',1,'app.log',8,385,'2026-11-30T18:00:00.000Z','app.log',8,385,'2026-11-30T18:00:00.000Z','closed',NULL,0,NULL,X'789ca58f3d6bc3301086ff8a78a70684a14d0a467b87824996762a1d847d560567c9395d424ce87f2fcac7d2a543b7bb7b1f8ee73d230e70088f6edd3ec3a2e483f404073fcf0de7008b31cbe4150e4a278505fb140e3e5428e544f54247623890481658e832d7b4ecd973ff45d3d2d0a96f5e935290a8cbcb0d9ba894eb9f87b2e7a8b4fec5accc76f766b6ef5d67fa9c8a8a8f49cde823d3e04c9681a4349ad573d5143f5181fbf8b4e09808aeb5a03474f7398f6321452d7a0976b77dd33ed96bb73f949df9bfe7f70f926a7d36','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:8216c088bf476b79c81bb638436e015a','batch 7 refused: ERROR: deadlock detected',1,'app.log',9,482,'2026-01-02T03:04:07.000Z','app.log',9,482,'2026-01-02T03:04:07.000Z','confirmed',NULL,0,NULL,X'789c8d8ec16ec23010447fc59ab3414b0a05f6cead1252c4a91507136f42846347b6835a55fd77e40287de7a9b9d7dd2bc6ff4168c6ec1cb4d058d14a6d80818661ce72e74d068431c4c066374a6f7d070c67793e90ae58397d2c8551c18126388d0c85fa380fde49cc62029dde193c9cd59ad5594764a6259edea7a5fb3b262ac0bcd4559c9d264b165349a4112f8e3a8e17a2fe0ad8678fbf6cca16d936414eddfc7fe71af56a491fba10c5654bdce6831a3ea402f4c4ba6f59c88de8ba17ce63f847a12772bf57fd99f1b67a161b1','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:777f75a7a9d42641233f0e326341cf0c','relation "orders" does not exist at character 15',1,'app.log',10,550,'2026-01-02T03:04:08.123Z','app.log',10,550,'2026-01-02T03:04:08.123Z','failed',NULL,0,NULL,X'789c9d8f316bc3301484ffcae36625c88e1dca5b4bb742c0a44b930cc27e7604b26424b9a494fef7a2b69476ed78771fdcdd1bec00c65471db6a28a4b0c65ec030cbb2756182c218e26c32188b33d643c1193fad662a940f5e8a232fe2c090184384427e5d04ec57e7146649e90b8ee24cb6c1d319210e12d319340449e44326b9d994c964eaaf269a3e4ba4aa2dedd1cc92c0a78b82b35ec09556103f3cfe88308e4932ca83cfe4f0adf78d56c8762eddb5aef71b5d6d747dd43bd60debbb6d55ef9ecb58b9e53f04fd26e8e9784fa7a6bed043d71d3a26fac78df70f09546ca1','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:ce9f19c5a70c157951dfc2fc75865890','relation "carts" does not exist',1,'app.log',12,670,'2026-11-30T18:00:00.000Z','app.log',12,670,'2026-11-30T18:00:00.000Z','refused',NULL,0,NULL,X'789c858ec10ac23010447f25cc3948f56071efde04a157eb21b4db1248774b924a45fc77898a578f6f66e0cd03be0761dcd2beae609174891d83e0e679137484c5a07172198439382fb0084ec6c58d65252a5c12be71008163d4088b7c9f19244b081613a7f419470e2e7b15d3a27331a716a6574e46341b5e7dca4516ddc40974b95a042f0cdaee2c58fad30f7418126794c3efe6fce5ba3a58645ecbd563d39c1b32ff8dcf17356652ac','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:dd26dd4bf400163ec59bb15c4dda8e14','IllegalStateException: cannot load cart',1,'app.log',14,739,'2026-11-30T18:00:00.000Z','app.log',14,739,'2026-11-30T18:00:00.000Z','merged',NULL,0,NULL,X'789c8d92414bc4301085ff4a782785d075756531b745140441516fd6c36c3badd53429c9545696fdef92aa0557573d26f3f166e6bd59a32961504fcdfce8041ad1f7a1601850d765d6d7d0a87c68496020bc12685872754f75829ee885d20fbfb0850187e00334e4b5fbac6689ce2eace59aecad90f0d9aae04e1aefa0d1728cef4a0539e745594fa52a28a43e55a09623ccfd1a556307c8b7132a5a9ec447df4daebdb7d9e7048d6398e95ca3ea5d31a80f7896f02ce1d9800b3d33341ab7e83a18093d6ff40ef9530af2557e76f88bfc80a7f1b7e41f3482f7724a7d6498f5776f6e7a274dbbc396f3c5dde2d2a89284961459e548cd72a8d27354c9315e3551b0192d9869b02b2f473f7c554516a47887cad5c7fbe4f840bf27fa6750466da793bb5c48d40e07f646ebccec703f77c3eea55abe1ab57b6da3feb9eb8fbdc770f7c6ab30d3f93e366f2a20f949','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:e759fdb686e36262e198d503f7247756','panic: assignment to entry in nil map',1,'app.log',18,950,'2026-11-30T18:00:00.000Z','app.log',18,950,'2026-11-30T18:00:00.000Z','proposed',NULL,1,'2026-03-01T12:00:00.000Z',X'789c7d8fcd6ac33010845f45cca9a5c28e4d02ad6ebd17fa00710ec25eab027b25a455480879f7a2fc9c0a3d0e33c3cc77819f60e03af3b1db402387924682818db1598283c61cd26a0506422781c662d915eb6ac885aae9480b0c662b7681869c63f5a2653f4263a59cef699bb377bc128b92a088259d9567c57e51ab8d7529d99532ccfe82d92fb5d2e6746cf34f88ed689334f73dcf04b3ed35e6c2a3f8c03058ade72696facff3678c30920a5d0fcf78f7ae413c7ddd44df6b8479ce24a8d837e7fba1bbcdaed377d4078351ff1f1f7860175228e29954a7f6a9307b760733f0f3d6cbebc083fca131db5ebd6d4edd84eb2f9c4e8163','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:c2a91e569fa649df9da20dd808b27450','pull failed',1,'app.log',24,1052,'2026-01-02T03:04:05.600Z','app.log',24,1052,'2026-01-02T03:04:05.600Z','closed',NULL,0,NULL,X'789c4d8ecb6ac33010457f25dcb56224f911986f2874d355a32e443d36065912925cd286fc7b91dd962ee7ce993be78e65046156a464af2190c396de19041b63e3c20c8129a4d51610be6c8480b37edeec5c191f3cd7843fd881c029850481f21919e437e70456cef980e3e6dc69b28be3b19626bb72065ddf04dce219a43b01f6e3d3df10a62973c16eb6af9e7f03d52a81b2acb5564b3d9ca53a4bfd225b921dc9be19a47cad1e7cabda7773181a90391c0d8441c906a42ec3a5d5adecfa6610066b9e77ea9febcefe5cd54d08ee545f87ad183cf0f80696db6188','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:047c9588d86c5fed29b9ff8c1f1d03b6','no function u''na'' in the player',1,'app.log',25,1131,'2026-01-02T03:04:09.000Z','app.log',25,1131,'2026-01-02T03:04:09.000Z','confirmed',NULL,0,NULL,X'789c858e3d6b03311044ff8a98c68d6ca47312e2edd3050c47aa8414c2debb08742ba10f6313f2df830c36a44ab9b36f98f70d7f0461b664edd642a3c4960f0c824b6913e20c8d29e6c5551052705ea0119ccccdcd9d9228dc133e710081738e191af59218242d048d854bb9c16a6a72a83e8a6a2b712be545d52f5629b80bf7de94ddc205f4f1a911bc306878d46039bede8f384d852baebed7d7fe1e3cef34aa5ffad46086a7b5b16b33bc992d990732bb8d31e6bdbbf1b9fe21d48d502fe3b81fd57f9a3fbf5b5d5c52','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:20bacba5299763a97399b4123e27ef85','SQLSTATE[42S22]: Column not found {"exception":"[object] (Shop\\QueryError(code: 42S22): Column not found at /srv/shop/…',1,'app.log',26,1189,'2026-01-02T03:04:10.000Z','app.log',26,1189,'2026-01-02T03:04:10.000Z','failed',NULL,0,NULL,X'789ccd905f6bc23014c5bf4ab8be28c49ad622330f8321be09e29fa7357dc8dadbda2d4d42928a227ef7d18a0cc63ec01eefb93fcee19c1b342570a8631ec72f4ba0e04de70a040ed2da48991a2854c6b5320007ab64a3818292baee64dd53da68ec153ca3020ee89c7140215c2d02d79d52145af4fe011f769bc3f1edb8ced2e4902439272ba3ba56136d02a94ca74b72138097026d688c16c00564e6e3138b9093f1e164ac1042ec3a74d7759f332e4c899c0c66933fcc642033efce337f327626ad9d6d5d89ce47f664799a4cfa664eb6e881673905d568049e2c28a02e37c33167144c55790c30cc33bcb64f219d2f2984a6ed9b252c594c593c65c991cd394b79cc22c6d87b3f055efaedb21f843c919c28534815adf7fbed9e93ff358fd0990fb2f80a4e16980b3d62bff09574a187c7cb0927cff887c7f4552a359e083d8ac9ad958dbe0b2de04ee0fe0d0b09c6a4','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:15678f66bfbaef038f2d67c492a78abf','149 189] logging.cc:317: *** SIGSEGV received at time=1644724000 on cpu 5 ***',1,'app.log',31,1439,'2026-01-02T03:04:11.549Z','app.log',31,1439,'2026-01-02T03:04:11.549Z','refused',NULL,0,NULL,X'789cad8f416ac3301045af22fed22846b2e5a41ec8328442a18b942e1ab210ce441864c9c8766829bd7b514ada0b74397fde67e67da23f83e0346953b79098e2923a06c18e63e9a383c425a6c1ce208cdef60112de06b75897a91003e784afec41e0946282c4fc3132282cde4b0c3c4d3fb036add00fed49f8e85c1f5cd97554eb0d89a228c4e1717fd8ed5f45e28efb2b9f859dc5dc0fbcd56b633695514a891844372ea2c985fc58b2034fa0e349c2f78141b596e0707efa1de2e532f18c9bdd6df57c0f1a6324f201102a55ad574aaf54f5a26a5286b42e1bd3be65137ecfeac73f44dc11d99856ecc4ff5a7d7d034e5470c3','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:f554abc0850ee9a87015f844ae042f74','149 189] logging.cc:317: @ 0x5581e29943e1 256 shop::Prices::Load()',1,'app.log',32,1544,'2026-01-02T03:04:11.549Z','app.log',32,1544,'2026-01-02T03:04:11.549Z','merged',NULL,0,NULL,X'789cb58fb14ec33010865fc5fa2790dc2a4eecd0dcc4c256090626aa0e567231911c3bb25354847877e442e109f88793eebf6fb8ef03d3008253a48cd690c8f1947a06c12ecbd647078931a6d9ae202cde4e0112de0677b2ae5021062e0dbfb10781538a0912ebfbc2a070f25e62e69cbf61a53ba176dd51f8e8dc14dcb6efa95177244aee2fb33a1bb3535c779d6e58899fd4a61522bfc685e8294d3d67a27db4c3cd6df92ed99933e87094f0536050534b7018f6bf4b1cc7cc2b2e8a97d3e3b5688d9658a7b97c575775bba9d4a6aa9fab862a4d4a6d8dee5e8a0e9f8bffe10f1157441add8907f10f6a9f5fd2d36f0b','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:56ddf25c45a5423fe19f9272a821a439','{"time":"2026-01-02T03:04:12Z","level":"error","error":{"code":7,"message":"mail server is gone"}}',1,'app.log',33,1654,'2026-01-02T03:04:12.000Z','app.log',33,1654,'2026-01-02T03:04:12.000Z','proposed',NULL,1,'2026-03-01T12:00:00.000Z',X'789cc590cd6ac33010845fc5cc5909b29d1fd86728e4d253aa1e44bc162ab2642439b418bf7b91d2f4d47b6fbbb31fc3ccaeb00308a6a5f6743c40208525de18043dcf7b170c04c610279d41f848c143c0696f166d0ae483e7a2f09d1d081c638810c85f3383fce29cc0c4293de05521db891548a193dd6927db9dec5e654ff2406d775510ea6155916a56b59f8956855b188ac159a8a77165276d5d9338de39363635267856d8b6123eea8913e8ed5dc059cfa0be17603fbcfc2e611c1367d40fd4d3e5299c8fbda899417f25de4b29afa52e7fe6ffe9b77d031fe7878c','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:e5353b16804d9631a96bdd900d355737','cannot load page: TypeError: x is undefined',1,'app.log',34,1753,'2026-01-02T03:04:13.000Z','app.log',34,1753,'2026-01-02T03:04:13.000Z','closed',NULL,0,NULL,X'789c958e4d6bc3301044ff8a98b312642bfd60efb9150226a7941e44bc3602792524b92484fef7a294147aec7167df30ef063f823077d4bd3c596894b8e63383e052da863843638a79711584149c17680427f3eae64649146e097f720081738e191af59a18246b081a0b97f2039f9d48ac2a4437aae4662675bc26deb70ea98bf245ad32f2e485c7369bddc205f4fea111bc30c8ee3458c6b7df234e53e18abbfbfd757804afbdd5a87e69b3bde99f37a6db98fe682c991d75766b8c39354fbed43f847a106a3f0c8741fd47f9eb1b5774656f','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:62f645b87b198b6445b36938a821ec88','Lost: order 17 is lost',1,'app.log',36,1853,'2026-11-30T18:00:00.000Z','app.log',36,1853,'2026-11-30T18:00:00.000Z','confirmed',NULL,0,NULL,X'789c85504d4fc24010fd2bf55dd06403e14381b97927f1e0518d163a5b36d9ee34b35b9510febb690b118889c7795f93f7f6700508e598c68bfb290ca234ba6110f2ba1e7a29616045ab3c8190f83bc1c0e7a16cf2b21569b3deb5087fb20781554561907675cb3e6fa5265a496c5d15c7d89b440bd66c3ccf5ccc7c4f5acd2b8ea0973dacf3c7f7a34a0af671d4e987ba6e1fb9c0a0d9c4c03661939c0410ac0bc50d0c5c78ac6b50d2860fe622682321a978cf7a4c8befbfd079f2f222386ee5eb2af7eda49c3e18702856fdb130106b2327743b76d4d309583ecc4dbfddf924d9edf50e77f41afea84db309b9907d743507bde4bf42b4ec2c6d81010e3f6560a0d2','2026-03-01T12:00:00.000Z',NULL,NULL);
INSERT INTO incidents VALUES('4e222a4a33b8','v2:1a11013551fa27d106be190e81b45f8f','worker 3 gave up',1,'app.log',39,1967,'2026-01-02T03:04:15.000Z','app.log',39,1967,'2026-01-02T03:04:15.000Z','failed',NULL,0,NULL,X'789c658ecb6ac33014447f45cc5a0957769b92bbcf2e103059b574219a6b612a4b4292d386d07f2f4a1f50ba9c99c370ae984e6038c366bb798046894b7e11306c4a6b1f1d34c698675bc148de4e011ade06b758d7a81083b446cee2c1909c638646bd240187c57b8d594af982df627e95ac7ae5ec59d492da77b6b314f0d3b3869f8280fbad8684d3fe37c4712c527113bc4d87efa223431a759adb7747dd66456645dd917aa63b36f76b227a6c32f25eff10ea8750bb61380cea9fd7c7276e2f519e','2026-03-01T12:00:00.000Z',NULL,NULL);
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
CREATE INDEX traces_by_repository ON traces (repository, started_at);
COMMIT;
