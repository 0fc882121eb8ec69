// Twenty-third draw: by somebody who had not read the rules, from the documents of services and from issues of public projects. Of it this is
// the half that rules were mended with; what the other half leaks is told in `doc/security.md`.
import type { Fragment } from './fill.ts';

export const TWENTY_THIRD: readonly Fragment[] = [
  [
    'packagist private token',
    "[Composer\\Downloader\\TransportException] The 'https://repo.packagist.com/acme/packages.json' URL could not be accessed (HTTP 401) with «packagist_uut_{h68}»",
  ],
  ['jfrog reference token', '[Error] jf rt u: server response: 401 Unauthorized for «cmVmdGtuOjAxOjE3{a48}»'],
  ['buildkite user token', 'fatal: could not query GraphQL as «bkua_{h40}»: 403 Forbidden, token lacks scope graphql'],
  [
    'tailscale oauth client secret',
    'E0214 07:41:09.112233       1 operator.go:88] unable to create auth key using «tskey-client-{a16}-{a32}»?ephemeral=true: oauth2: "invalid_client"',
  ],
  [
    'terraform cloud token',
    '2024-09-02T17:20:11.310+0200 [TRACE] backend/remote: looked up app.terraform.io, sending «{a14}.atlasv1.{a67}»',
  ],
  ['open vsx access token', '+ npx ovsx publish dist/tools-1.4.0.vsix -p «ovsxp_{h8}-{h4}-{h4}-{h4}-{h12}»'],
  [
    'launchdarkly sdk key',
    '[LaunchDarkly] 2025/01/30 11:21:07 ERROR: Error in stream connection: HTTP error 401 (invalid SDK key «sdk-{h8}-{h4}-{h4}-{h4}-{h12}»), giving up permanently',
  ],
  ['rubygems api key', 'ERROR:  While executing gem ... (Gem::CommandLineError) «rubygems_{h48}» is not authorised to push rubocop-acme'],
  [
    'clojars deploy token',
    'Could not transfer artifact acme:ring-utils:jar:0.3.1 to clojars: 401 Unauthorized, credentials acme/«CLOJARS_{h60}»',
  ],
  ['upcloud token', 'level=error msg="csi: list storages" err="AUTHENTICATION_FAILED" bearer «ucat_{U26}»'],
  ['adafruit io key', 'Adafruit_IO.errors.RequestError: Adafruit IO request failed: 401 Unauthorized - sensors/feeds «aio_{a28}»'],
  [
    'contentful management token',
    'contentful migration: AccessTokenInvalid: The access token you sent could not be found or is invalid. «CFPAT-{w43}»',
  ],
  ['easypost production key', 'EasyPost::Errors::UnauthorizedError: Unauthorized («EZAK{a54}»)'],
  ['duffel live token', 'air.offer_requests.create: access_token_not_found for «duffel_live_{w43}»'],
  [
    'age identity',
    '# created: 2024-11-05T09:12:44+01:00\n# public key: age14hae3zlxwzwv0vnrw50u82dw9w9rltc8cmf04zwwtls6e2sxy35cnwtfzh\n«AGE-SECRET-KEY-{U59}»',
  ],
  ['nostr nsec', 'nak: signing event kind 1 with «nsec1{l58}» and publishing to 3 relays... failed'],
  [
    'sentry org auth token',
    'error: API request failed\n  caused by: sentry reported an error: Invalid token (http status: 401), while using «sntrys_eyJ{a160}_{w43}»',
  ],
  [
    '1password service account',
    '[ERROR] 2025/02/21 14:02:55 Authentication: DeserializeServiceAccountAuthToken failed for «ops_{a567}», please check the token',
  ],
  [
    'twilio auth token positional ruby',
    "config/initializers/twilio.rb:4: TWILIO = Twilio::REST::Client.new('AC5c04f4373e61de98f53e5832bbe2394c', '«{h32}»')",
  ],
  [
    'cloudflare legacy global key header',
    '> GET /client/v4/zones HTTP/2\n> Host: api.cloudflare.com\n> X-Auth-Email: ops@example.com\n> X-Auth-Key: «{h37}»',
  ],
  ['fastly key header', 'DEBUG fastly: POST /service/YPzZRZ8iwxGKTDksRcmx9h/purge/homepage Fastly-Key: «{w32}» Fastly-Soft-Purge: 1'],
  [
    'openweathermap appid',
    'requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.openweathermap.org/data/2.5/weather?lat=52.5&lon=13.4&units=metric&appid=«{h32}»',
  ],
  ['codecov upload token flag', '/bin/sh -c bash <(curl -s https://codecov.io/bash) -t «{h8}-{h4}-{h4}-{h4}-{h12}» -F unit'],
  ['linode token hcl', '│   on main.tf line 9, in provider "linode":\n│    9:   token = "«{h64}»"'],
  ['jenkins api token in url', 'wget: trying https://deployer:«{h34}»@jenkins.acme.example/job/web/lastSuccessfulBuild/artifact/out.tgz'],
  ['rollbar ruby', "Rollbar.configure do |config|\n  config.access_token = '«{h32}»'\n  config.environment = 'production'"],
  [
    'aws secret php array',
    "PHP Notice: Undefined index region in S3Factory: array (\n  'credentials' => array (\n    'key' => 'AKIARSJQSZIBESWPAARF',\n    'secret' => '«{b40}»',\n  ),\n)",
  ],
  [
    'alibaba go config',
    'oss.Config{Endpoint:"oss-cn-hangzhou.aliyuncs.com", AccessKeyID:"LTAI5t7rEQb9rCoob0vkhGrV", AccessKeySecret:"«{a30}»", SecurityToken:""}',
  ],
  ['wordpress salt', "wp-config.php:52: define( 'SECURE_AUTH_KEY', '«{y64}»' );"],
  [
    'notion integration token',
    "@notionhq/client warn: request fail { code: 'unauthorized', message: 'API token is invalid.' } «ntn_{a46}»",
  ],
  ['supabase secret key', 'PostgREST; error=PGRST301 no suitable key, gateway rejected «sb_secret_{w31}»'],
  [
    'nuget api key',
    'error: Response status code does not indicate success: 403 (The specified API key is invalid). dotnet nuget push Acme.1.2.0.nupkg «{l46}»',
  ],
  ['nvidia api key', 'langchain_nvidia: [401] Unauthorized authentication failed, caller presented «nvapi-{w64}»'],
  ['adyen api key', 'Adyen::AuthenticationError code:401, msg: HTTP Status Response - Unauthorized «AQEkhmfx{b110}-{b43}=-{a16}»'],
  ['braintree access token', 'Braintree::AuthorizationError for merchant acme via «access_token$production$a{l15}$a{h31}»'],
  ['gocardless live token', 'GoCardlessPro::AuthenticationError: Access token not found: «live_{w40}»'],
  [
    'slack app-level token',
    'bolt-app: apps.connections.open (token: «xapp-1-{U11}-{d13}-{h64}») -> {"ok":false,"error":"not_allowed_token_type"}',
  ],
  ['ntfy access token', 'ntfy publish: 401 unauthorized for topic backups with «tk_{l29}»'],
  ['axiom api token', 'vector: sink axiom: Http status: 403 Forbidden, forbidden for «xaat-{h8}-{h4}-{h4}-{h4}-{h12}»'],
  ['vault service token', '* permission denied: lookup-self by «hvs.{w96}» from agent'],
  ['bip32 xprv', 'bdk-cli: restored descriptor wpkh(«xprv9s21ZrQH143K{a95}»/84h/0h/0h/0/*)'],
  ['stellar secret seed', 'stellar-sdk: Keypair.fromSecret(«{U56}») signed tx, result tx_bad_seq'],
  ['twitter app bearer', 'tweepy.errors.Forbidden: 403 Forbidden, Authorization Bearer «AAAAAAAAAAAAAAAAAAAAA{a34}%{a12}%{a52}»'],
  ['zoho oauth token', 'zcrm: INVALID_TOKEN «1000.{h32}.{h32}» (scope ZohoCRM.modules.ALL)'],
  ['jetbrains permanent token', 'youtrack-cli: https://acme.youtrack.cloud/api/users/me -> 401 («perm:{a7}=.{a6}==.{a30}»)'],
  ['rancher bearer token', 'rancher login https://rancher.acme.example: 401 for «token-{l5}:{l54}»'],
  ['cohere yaml', 'services:\n  rerank:\n    environment:\n      CO_API_KEY: «{a40}»\n      CO_MODEL: rerank-v3'],
  [
    'deepl auth key',
    "deepl.exceptions.AuthorizationException: Authorization failure, request headers {'Authorization': 'DeepL-Auth-Key «{h8}-{h4}-{h4}-{h4}-{h12}:fx»'}",
  ],
  [
    'azure maps subscription key query',
    'GET https://atlas.microsoft.com/search/address/json?api-version=1.0&subscription-key=«{w43}»&query=Main%20St 401 (Unauthorized)',
  ],
  ['tmdb query', 'Failed to load resource: https://api.themoviedb.org/3/search/movie?api_key=«{h32}»&language=en-US&query=heat'],
  [
    'authorize.net xml transaction key',
    '<merchantAuthentication><name>rv7Mxmzy7P</name><transactionKey>«{a16}»</transactionKey></merchantAuthentication>',
  ],
  ['vonage api secret query', 'sms send failed: https://rest.nexmo.com/sms/json?api_key=be86d0b3&api_secret=«{a16}»&from=ACME&text=hi'],
  [
    'messagebird access key header',
    'HTTP/1.1 401 Unauthorized for POST https://rest.messagebird.com/messages [Authorization: AccessKey «{a25}»]',
  ],
  [
    'wechat token url',
    '获取access_token失败 GET https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx0257ed7e22e9a0ad&secret=«{h32}» errcode=40164',
  ],
  ['minio mc alias positional', 'Running: mc alias set local http://minio:9000 NI0C6I9KJWT1FYO2Q2XG «{b40}» --api S3v4'],
  ['ceph keyring', '[client.cinder]\n\tkey = «{b38}==»\n\tcaps mon = "profile rbd"'],
  ['airbrake elixir config', 'config :airbrake_client,\n  api_key: "«{h32}»",\n  project_id: 282514,\n  environment: Mix.env()'],
  ['papertrail token header', 'curl -v -H "X-Papertrail-Token: «{a20}»" https://papertrailapp.com/api/v1/events/search.json'],
  [
    'redmine key query',
    "ERROR:root:HTTPSConnectionPool(host='progress.acme.example', port=443): Max retries exceeded with url: /issues/777.json?key=«{h40}» (Caused by NameResolutionError(\"Failed to resolve 'progress.acme.example'\"))",
  ],
  [
    'entsoe security token',
    "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='web-api.tp.entsoe.eu', port=443): /api?documentType=A44&in_Domain=10YNL----------L&securityToken=«{h8}-{h4}-{h4}-{h4}-{h12}»&periodStart=202401010000 Read timed out.",
  ],
  [
    'jellyfin mediabrowser header',
    'X-Emby-Authorization: MediaBrowser Client="Infuse", Device="tv", DeviceId="D68DE8FA9973DEDD", Version="7.6", Token="«{h32}»"',
  ],
  [
    'kraken private key toml',
    '[exchange]\nname = "kraken"\nkey = "D99eYbC4SLEIlFKjg2iBiTH9t4UG/aWVqIxe9RMOPd7p524Dl01DmXSV"\nsecret = "«{b86}==»"',
  ],
  [
    'nuget cleartext password xml',
    '  <packageSourceCredentials>\n    <acme>\n      <add key="Username" value="ci" />\n      <add key="ClearTextPassword" value="«{l52}»" />\n    </acme>',
  ],
  [
    'hadoop s3a xml property',
    '<property><name>fs.s3a.secret.key</name><value>«{b40}»</value><final>false</final><source>core-site.xml</source></property>',
  ],
  ['ansible set_fact generated', 'ok: [localhost] => {"ansible_facts": {"bas_grafana_password": "«{a15}»"}, "changed": false}'],
  [
    'iscsiadm chap value',
    '{"level":"verbose","message":"executing iscsi command: iscsiadm -m node -T iqn.2000-01.com.synology:csi.pvc-772bcab2 -p nas.lan:3260 -o update --name node.session.auth.password --value «{a12}»","service":"democratic-csi"}',
  ],
  [
    'argv list with -p',
    "gc3.gc3libs: DEBUG: Got exception while enabling auth 'smscg': UnrecoverableAuthError: Failed running '['slcs-init', '--idp', 'uzh.ch', '-u', 'mostrow', '-p', '«{password}»']': [Errno 2] No such file or directory",
  ],
  [
    'pgpassword in failed command',
    "[2026-01-08 22:39:24] production.ERROR: PGPASSWORD='«{password}»' pg_dump --clean --if-exists --no-owner --host='pg' --port='5432' --username='shop' 'shop' -f '/tmp/backups/dump.sql'\npg_dump: error: aborting because of server version mismatch",
  ],
  [
    'jaas config line',
    '2019-09-23 17:55:09,151 - [INFO] k.m.a.c.KafkaStateActor - SASL JAAS config=org.apache.kafka.common.security.scram.ScramLoginModule required username="superuser" password="«{a11}»";',
  ],
  [
    'oauth client dict in debug',
    "2022-04-04 21:29:53 Request POST: https://oauth2.googleapis.com/token {'headers': {'Accept': 'application/json'}, 'params': None, 'data': {'grant_type': 'authorization_code', 'client_id': '397101257754-qkxwcwmr30zyesquofietvm0yeh8a5t2.apps.googleusercontent.com', 'client_secret': '«GOCSPX-{w28}»', 'redirect_uri': 'https://ha.example/auth'}}",
  ],
  [
    'slack webhook destination',
    '10:51:55.725 ERROR [SlackPublisher] Destination: https://hooks.slack.com/services/TVOVFW5E6/B2SPYVM7VRT/«{a24}»',
  ],
  [
    'doctrine php trace positional',
    "PDOException: SQLSTATE[HY000] [2002] No route to host in www/vendor/doctrine/dbal/lib/Doctrine/DBAL/Driver/PDOConnection.php:27 Stack trace: #0 www/vendor/doctrine/dbal/lib/Doctrine/DBAL/Driver/PDOConnection.php(27): PDO->__construct('mysql:host=db.ac...', 'webtrees', '«{a13}»', Array)",
  ],
  [
    'tomcat pool properties tostring',
    'INFO org.cloudfoundry.reconfiguration: PoolProperties: ConnectionPool[defaultAutoCommit=null; defaultReadOnly=null; driverClassName=oracle.jdbc.OracleDriver; maxActive=100; maxIdle=100; minIdle=10; initialSize=10; url=jdbc:oracle:thin:@ora:1521/XE; username=billing; password=«{a16}»; ]',
  ],
  ['tomcat jsessionid in path', '[05/Feb/2023:10:01:44 +0100] "GET /shop/checkout.do;jsessionid=«{H32}»?step=2 HTTP/1.1" 500 1893'],
  [
    'wordpress logged in cookie',
    'ModSecurity: Warning. Pattern match at REQUEST_COOKIES: wordpress_logged_in_4d8a2ba59310c2cf0847657d7067f7de=«editor%7C17{d8}%{a45}%{a66}»',
  ],
  [
    'saml response post body',
    'POST /saml/acs 500 body="RelayState=%2Fhome&SAMLResponse=«PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6cHJvdG9jb2wiIElEPSJf{a371}%2B»"',
  ],
  [
    'jwt in access log query',
    '- - [12/Nov/2024:21:03:18 +0000] "GET /hubs/notify?id=3W40vKMMjTVIcbGKKBkknm&access_token=«{jwt}» HTTP/1.1" 101 0',
  ],
  [
    'id token hint in logout',
    'o.s.web.servlet.DispatcherServlet : GET "/connect/logout?id_token_hint=«{jwt}»&post_logout_redirect_uri=https%3A%2F%2Facme.example"',
  ],
  [
    'oauth callback code',
    '[OmniAuth] (google_oauth2) Callback phase initiated. GET /auth/google_oauth2/callback?state=57c47ce76980f6a4e4e2aca0f42b7a5f1e18a0ac86729870&code=«4/{w72}»&scope=email',
  ],
  [
    'postgres alter role statement',
    "2024-01-17 09:44:51.302 UTC [2213] STATEMENT:  ALTER ROLE reporting WITH LOGIN PASSWORD '«{password}»' VALID UNTIL 'infinity';",
  ],
  [
    'redshift copy credentials',
    "psycopg2.errors.InternalError_: Load into table 'events' failed.\nSTATEMENT: COPY events FROM 's3://acme/e.gz' CREDENTIALS 'aws_access_key_id=AKIAHCXE3VA5OBNMGALU;aws_secret_access_key=«{b40}»' GZIP",
  ],
  [
    'mongo createUser pwd',
    '> db.createUser({ user: "svc", pwd: "«{password}»", roles: [ { role: "readWrite", db: "shop" } ] })\nuncaught exception: Error: couldn\'t add user: command createUser requires authentication',
  ],
  ['redis monitor auth', '1718870400.112233 [0 cache-client:51544] "AUTH" "default" "«{a20}»"'],
  [
    'docker inspect env array',
    '            "Env": [\n                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",\n                "MYSQL_ROOT_PASSWORD=«{a17}»",\n                "GOSU_VERSION=1.16"\n            ],',
  ],
  ['powershell env assignment', '##[debug]PS> $env:ARM_CLIENT_SECRET = "«{a3}8Q~{w34}»"; terraform apply -auto-approve'],
  [
    'heroku config output',
    '=== acme-web Config Vars\n\nLANG:                  en_US.UTF-8\nMEMCACHIER_PASSWORD:   «{a24}»\nMEMCACHIER_USERNAME:   5732B5',
  ],
  [
    'rust debug some',
    'thread \'main\' panicked at src/store.rs:31:10: S3Config { bucket: "media", region: Some("fr-par"), access_key_id: Some("SCWPJD8S69Q48UBGI3TD"), secret_access_key: Some("«{b40}»") }',
  ],
  ['r print list', '$user\n[1] "shiny"\n\n$password\n[1] "«{password}»"\n\n$port\n[1] 5432'],
  ['smbclient user percent', '/bin/sh: smbclient //fs01/scans -U ACME\\scanner%«{a11}» -c "put a.pdf": NT_STATUS_ACCESS_DENIED'],
  [
    'openssl passin',
    "Error running 'openssl pkcs12 -in dist.p12 -nocerts -nodes -passin pass:«{a14}» -out key.pem': Mac verify error: invalid password?",
  ],
  [
    'kubectl from literal',
    '$ kubectl create secret generic mail --from-literal=username=robot --from-literal=password=\'«{a14}»\' -n prod\nError from server (AlreadyExists): secrets "mail" already exists',
  ],
  [
    'radius user-password',
    '(3) Received Access-Request Id 41 length 78\n(3)   User-Name = "bob"\n(3)   User-Password = "«{password}»"\n(3)   NAS-Port = 0',
  ],
  [
    'graphql login variables',
    '{"operationName":"SignIn","variables":{"login":"vera","password":"«{password}»"},"query":"mutation SignIn($login: String!, $password: String!) { signIn(login: $login, password: $password) { id } }"}',
  ],
  ['kubernetes secret yaml data', 'kind: Secret\nmetadata:\n  name: rabbit\ntype: Opaque\ndata:\n  password: «{chosen64}»'],
  [
    'ldapjs bind request trace',
    '{"name":"ldap","component":"client","pid":15748,"clazz":"Client","level":10,"msg":"sending request {\\"messageID\\":2,\\"protocolOp\\":\\"BindRequest\\",\\"version\\":3,\\"name\\":\\"some_user\\",\\"authenticationType\\":\\"Simple\\",\\"credentials\\":\\"«{a10}»\\",\\"controls\\":[]}","v":0}',
  ],
  ['misp setting change arrow', 'misp-audit: admin Server serverSettingsEdit "Server setting changed" MISP.redis_password () => («{a20}»)'],
  ['wallet seed line', '2020-06-28 11:03:57 INFO  [main] v.wallet.Wallet$WalletImpl - Your randomly generated seed is «{a88}»'],
  [
    'rust command debug env',
    '15:03:35 [INFO] redu::restic: running "RESTIC_PASSWORD="«{phrase}»" "restic" "--repo" "sftp:some-host:some/path" "--json" "cat" "config"" (pid 29773)',
  ],
  [
    'bugzilla api key query',
    "ERROR:root:HTTPSConnectionPool(host='bugzilla.acme.example', port=443): Max retries exceeded with url: /rest/version?Bugzilla_api_key=«{a40}» (Caused by NameResolutionError())",
  ],
  [
    'helmfile numbered args',
    'command "/usr/local/bin/helm" exited with non-zero status: ARGS: 0: /usr/local/bin/helm (19 bytes) 1: repo (4 bytes) 2: add (3 bytes) 3: elastic (7 bytes) 6: --username (10 bytes) 7: admin (5 bytes) 8: --password (10 bytes) 9: «{a16}» (16 bytes) ERROR: exit status 1',
  ],
  [
    'orleans connection string',
    '[08:32:34 INF] Initialized storage provider: ServiceId=shop ProviderName=Default Invariant=System.Data.SqlClient ConnectionString=Data Source=sql01;Database=Orleans;User Id=orleans;Password=«{password}»;.',
  ],
  [
    'stackexchange redis configuration',
    "Starting Hangfire Server using job storage: 'acme.redis.cache.windows.net:6380,password=«{b43}=»,ssl=True,abortConnect=False/0'",
  ],
  ['unknown scheme url', 'info: Cratis.Chronicle.Client[0] Connecting to Chronicle at chronicle://orders-service:«{a32}»@chronicle:35000'],
  [
    'puppet file diff added line',
    'Notice: /Stage[main]/Foreman::Config/File[/etc/foreman/database.yml]/content:\n@@ -24,5 +24,5 @@\n   database: foreman\n   username: foreman\n+  password: "«{password}»"\n   pool: 5',
  ],
  [
    'azure function code in httpclient log',
    'info: System.Net.Http.HttpClient.Orders.ClientHandler[100] Sending HTTP request GET https://acme-fn.azurewebsites.net/api/Process?code=«{w54}==»',
  ],
  [
    'teams incoming webhook',
    'alertmanager: notify retry canceled: unexpected status code 429: https://acme.webhook.office.com/webhookb2/00583e1b-f0b7-4729-90dc-966252d931de@af19b7ab-63df-4e83-8a1a-b239a64fbb2a/IncomingWebhook/«{h32}»/847420c1-cd5d-4adf-9eda-39fc23e6f090',
  ],
  [
    'rtsp percent in did you mean',
    '[2023-03-21 20:01:53] ffmpeg.E1Pro.detect    ERROR   : Did you mean file:rtsp://hass:«{a10}%21»@cam3:554',
  ],
  [
    'php ldap bind positional',
    "#0 /var/www/html/sysPass/lib/SP/Providers/Auth/Ldap/Ldap.php(140): SP\\Providers\\Auth\\Ldap\\LdapConnection->bind('CN=svc-sp,OU=...', '«{a12}»')",
  ],
  [
    'kafka unknown config warning',
    "[2016-09-14 16:30:33,971] WARN The configuration consumer.ssl.truststore.password = «{a12}» was supplied but isn't a known config. (org.apache.kafka.clients.consumer.ConsumerConfig:186)",
  ],
  [
    'batou breadcrumb clone',
    "myhost123: MyApp > Clone('https://deploy:«gldt-{a20}»@git.acme.example/app.git') > Directory('/srv/application')",
  ],
  [
    'terraform changed password arrow',
    '  ~ resource "mysql_user" "app" {\n      ~ plaintext_password = "PRZsit7rxp3S9llXjJ" -> "«{a18}»"\n        user               = "app"',
  ],
  [
    'openvpn static key',
    'Options error: unrecognised inline block\n<tls-auth>\n-----BEGIN OpenVPN Static key V1-----\ne16ad7073fb7031577ba895236b3eb44\n15fd0b867a7cd8f9f764653d12c4e683\nc7e64e511d1bf55786b6dd26e52a359a\nb4a308c78ddec7ab8c3ab660911ab456\nb5c16293d3303cea3d37b6af0552d9ad\n0a6dec5d19333492f494f342c245ebe9\na2ac09702630d1e1f058e05b254cb50e\n«{h32}»\n34234fee4231ef803e1ee3dba738d3c2\n1c79ad1fcb1dfa9ccb821a85416930b3\n9fc32520076d3d4363974002a0adcaaa\n76a60b24dd5b409d26b3ecf5480f65cd\nf7561dc417bf07626c757cc8a1d99d0c\n70a24aca7f2f2dc0f4b1154b1307c54f\nb1499b9dffce045d29d9e91678306650\n91b7cdd20387c435e931b369c67430da\n-----END OpenVPN Static key V1-----\n</tls-auth>',
  ],
  ['flask session cookie', "werkzeug environ dump: 'HTTP_COOKIE': 'session=«eyJ{w104}.{w6}.{w27}»', 'HTTP_ACCEPT': '*/*'"],
  ['aspxauth ticket', 'Exception type: HttpException Request cookies: ASP.NET culture=en; .ASPXAUTH=«{H320}»'],
  ['oauth2 proxy cookie', 'nginx: [debug] http header: "Cookie: _oauth2_proxy=«{w120}|17{d8}|{w43}=»; lang=de"'],
  ['schtasks run password', 'C:\\> schtasks /Create /TN nightly /TR C:\\jobs\\run.cmd /SC DAILY /RU ACME\\svc-batch /RP «{a13}» /F'],
  [
    'nmcli wifi password',
    'balena-supervisor: nmcli dev wifi connect OfficeGuest password «{a13}» ifname wlan0: Error: Connection activation failed',
  ],
  [
    'vault approle secret id',
    '$ vault write auth/approle/login role_id=a2672dcb-d367-463f-a69c-80721785663d secret_id=«{h8}-{h4}-{h4}-{h4}-{h12}»',
  ],
  ['aws configure set', '[Pipeline] sh\n+ aws configure set aws_secret_access_key «{b40}» --profile ci'],
  ['sqlplus slash login', 'ORA-28000: the account is locked (executed: sqlplus -s batch/«{a10}»@//ora1:1521/PROD @/opt/sql/purge.sql)'],
  [
    'lftp user comma password',
    'backup.sh: lftp -u backup,«{a12}» -e "mirror -R /srv /srv; quit" ftp.acme.example: Fatal error: Certificate verification',
  ],
  ['ipsec psk secret', 'charon: loading secrets from /etc/ipsec.secrets: line 3: gw.acme.example %any : PSK "«{b32}»"'],
  [
    'haproxy stats auth',
    "[ALERT] (8) : config : parsing [/etc/haproxy/haproxy.cfg:41] : 'stats auth admin:«{a14}»' unknown option before it",
  ],
  ['stomp connect passcode', '>>> CONNECT\nlogin:web\npasscode:«{a12}»\naccept-version:1.1,1.0\nheart-beat:10000,10000'],
  [
    'mssql create login',
    "Msg 15025, Level 16, State 1: The server principal 'reporting' already exists. Statement: CREATE LOGIN [reporting] WITH PASSWORD = N'«{password}»', CHECK_POLICY = OFF",
  ],
  [
    'mysql change master',
    "[Note] 'CHANGE MASTER TO executed'. Query: CHANGE MASTER TO MASTER_HOST='db1', MASTER_USER='repl', MASTER_PASSWORD='«{a16}»', MASTER_AUTO_POSITION=1",
  ],
  [
    'lisp plist',
    'Unhandled CL-POSTGRES:DATABASE-CONNECTION-ERROR; connect args (:DATABASE "shop" :USER "lisp" :PASSWORD "«{password}»" :HOST "db" :PORT 5432)',
  ],
  ['otpauth enrol uri', '[QrService] rendering otpauth://totp/Acme:vera?secret=«{U32}»&issuer=Acme&digits=6&period=30'],
];

export const TWENTY_THIRD_INNOCENTS: readonly Fragment[] = [
  [
    'yarn berry checksum',
    "➤ YN0018: │ lodash@npm:4.17.21: The remote archive doesn't match the expected checksum\n  checksum: 10c0/{h128}",
  ],
  ['poetry lock hash', '    {file = "itsdangerous-2.1.2-py3-none-any.whl", hash = "sha256:{h64}"},'],
  [
    'composer lock reference',
    '            "source": {\n                "type": "git",\n                "url": "https://github.com/symfony/password-hasher.git",\n                "reference": "{h40}"\n            },',
  ],
  [
    'nix hash mismatch',
    "error: hash mismatch in fixed-output derivation '/nix/store/rn0h3gx9pk5y556g0pwakf678apc790g-source.drv':\n         specified: sha256-znoOZcyIcXZ7mh2s09EQvPupNSb/7yVynDH8Jl1XtEo=\n            got:    sha256-EneBPnW2Qy2yEovKpJywWN1F+4hAnPHB9MchoILbZ9s=",
  ],
  ['amzn trace root', 'X-Amzn-Trace-Id: Root=1-{h8}-{h24};Sampled=1'],
  ['s3 error request ids', 'Aws::S3::Errors::AccessDenied: Access Denied (RequestId: {U16})'],
  ['cf-ray header', '< HTTP/2 403\n< server: cloudflare\n< cf-ray: {h16}-AMS'],
  [
    'azure request correlation',
    'autorest/azure: Service returned an error. Status=403 Code="AuthorizationFailed" CorrelationId: {h8}-{h4}-{h4}-{h4}-{h12} x-ms-request-id: {h8}-{h4}-{h4}-{h4}-{h12}',
  ],
  [
    'k8s token service pod',
    'Warning  BackOff  2m (x6 over 4m)  kubelet  Back-off restarting failed container api in pod token-service-{h10}-{l5}_prod',
  ],
  [
    'k8s secret key ref',
    '      - name: DB_PASSWORD\n        valueFrom:\n          secretKeyRef:\n            name: pg-credentials-{l5}\n            key: password',
  ],
  ['etag weak', '304 Not Modified etag: W/"{h4}-{a27}" cache-control: max-age=0'],
  ['content md5', 'The Content-MD5 you specified did not match what we received. Content-MD5: MGGwELJ1mUC/f5L9sp9l9w=='],
  [
    'subresource integrity',
    "Failed to find a valid digest in the 'integrity' attribute for resource 'https://cdn.acme.example/app.js' with computed SHA-384 integrity 'uuGhuiQuGbH+tC+UQ+/eIzCqI9ilkIQYCum7GedNbbAXqyiKI7EXwnsv7ckaI5qR'. The resource has been blocked.",
  ],
  [
    'ssh host fingerprint',
    'ED25519 key fingerprint is SHA256:jfVWdgCbq/lpnvIDn3185qxFkttVJNnmmnw6tuVvOs2.\nThis key is not known by any other names.',
  ],
  ['java token filter frame', '\tat com.acme.security.TokenAuthenticationFilter.doFilterInternal(TokenAuthenticationFilter.java:25)'],
  [
    'java object identity',
    'Resolved argument [0] [type=org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler$SupplierCsrfToken@{h8}]',
  ],
  ['cglib proxy class', '\tat com.acme.vault.SecretService$$EnhancerBySpringCGLIB$${h8}.rotate(<generated>)'],
  ['python object repr', 'TypeError: cannot pickle <jose.backends.CryptographyRSAKey object at 0x{h12}>'],
  ['webpack hashed chunk', 'ChunkLoadError: Loading chunk 179 failed. (https://acme.example/static/js/auth.{h8}.chunk.js)'],
  [
    'tiny gif data uri',
    "Refused to load the image 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==' because it violates directive \"img-src 'self'\" (line 461)",
  ],
  ['bearer masked', '> GET /api/v4/projects/{d4} HTTP/1.1\n> Authorization: Bearer ***'],
  [
    'terraform sensitive value',
    '  ~ master_password = (sensitive value)\n  + api_token       = (known after apply)\n  # (18 unchanged attributes hidden)',
  ],
  ['actions env masked', 'Run npm publish\n  env:\n    NODE_AUTH_TOKEN: ***\n    RUN_ATTEMPT: {d1}'],
  ['secret not found', 'Error: secret "regcred-{l4}" not found in namespace "staging"'],
  ['jwt malformed', 'JsonWebTokenError: jwt malformed\n    at module.exports [as verify] (/app/node_modules/jsonwebtoken/verify.js:84:17)'],
  ['llm usage tokens', '"usage":{"prompt_tokens":{d4},"completion_tokens":{d3},"cached_tokens":0}'],
  [
    'kafka member id',
    "[Consumer clientId=consumer-billing-1, groupId=billing] Successfully joined group with generation Generation{generationId=56, memberId='consumer-billing-1-e80c54d9-52e9-4e52-9e57-47f03285691a', protocol='range'}",
  ],
  [
    'elasticsearch node id',
    '[WARN ][o.e.c.r.a.AllocationService] failing shard [failed shard, shard [orders][2], node[65XeREq4AlCHss75w33sGq], [P], s[STARTED]]',
  ],
  ['upload path hash', 'Unable to read file from location: uploads/2024/05/{h32}.jpg. file_get_contents(): failed to open stream'],
  ['css module class', 'Warning: Prop `className` did not match. Server: "LoginForm_password__{a5}" Client: "LoginForm_password__{a5}"'],
  ['git lfs pointer', 'Error downloading object: assets/key.png ({h7}): Smudge error: oid sha256:{h64}'],
  ['elf build id', 'core: ELF 64-bit LSB pie executable, x86-64, dynamically linked, BuildID[sha1]={h40}, stripped'],
  [
    'pip hash mismatch',
    '    keyring==24.3.0 from https://files.pythonhosted.org/packages/keyring-24.3.0-py3-none-any.whl:\n        Expected sha256 {h64}\n             Got        {h64}',
  ],
  [
    'ios binary image uuid',
    '0x104a3c000 - 0x104b77fff AcmeKeychain arm64  <{h32}> /private/var/containers/Bundle/Application/AcmeKeychain',
  ],
  [
    'typescript type line',
    "src/api/login.ts({d2},9): error TS2322: Type '{ password: string; token: undefined; }' is not assignable to type 'Credentials'.",
  ],
  [
    'postgres password auth failed',
    '2024-01-01 10:00:{d2} UTC [88] FATAL:  password authentication failed for user "app"\nDETAIL:  Connection matched pg_hba.conf line 99: "host all all all scram-sha-256"',
  ],
  [
    'pgp signature block',
    'error: gpg failed to verify tag v1.7.0\n-----BEGIN PGP SIGNATURE-----\n\niQIzBAABCgAdFiEExVVD4+uGPWMBdnGatpclaKftetzWn/IEBHO5niVtgXDH48tX\nW+vmPhRJVh+T+h5sXNqNKeIGjbRjN7qqXp0ld+4+5INyIWNlvJDPtxgh69WnjFwB\n=ZMpJ\n-----END PGP SIGNATURE-----',
  ],
  ['ethereum transaction hash', 'TransactionExecutionError: transaction reverted, hash {l66} block {d6}'],
  ['ipfs cid', 'kubo: ERROR core/server: failed to resolve /ipfs/{a46}: no link named "index.html"'],
  ['persisted query hash', 'PersistedQueryNotFound extensions={"persistedQuery":{"version":1,"sha256Hash":"{h64}"}}'],
  ['disk by uuid', 'ALERT! UUID={h8}-{h4}-{h4}-{h4}-{h12} does not exist. Dropping to a shell!'],
  [
    'dotnet public key token',
    "System.IO.FileNotFoundException: Could not load file or assembly 'Acme.Security.Tokens, Version=5.{d1}.0.0, Culture=neutral, PublicKeyToken={h16}'",
  ],
  [
    'mix lock',
    '  "bcrypt_elixir": {:hex, :bcrypt_elixir, "3.1.0", "{h64}", [:make, :mix], [{:comeonin, "~> 5.3", [hex: :comeonin, repo: "hexpm", optional: false]}], "hexpm", "{h64}"},',
  ],
  [
    'pubspec lock',
    '  flutter_secure_storage:\n    dependency: "direct main"\n    description:\n      name: flutter_secure_storage\n      sha256: "{h64}"\n      url: "https://pub.dev"',
  ],
  ['podfile lock spec checksums', 'SPEC CHECKSUMS:\n  KeychainAccess: {h40}\n  SwiftJWT: {h40}'],
  [
    'homebrew bottle sha',
    '    sha256 cellar: :any_skip_relocation, arm64_sonoma: "{h64}"\n    sha256 cellar: :any_skip_relocation, ventura:      "{h64}"',
  ],
  ['borg archive fingerprint', 'Archive name: nightly-2024-05-01\nArchive fingerprint: {h64}\nTime (start): Wed, 2024-05-01 02:00:03'],
  ['github delivery guid', 'webhook received event=secret_scanning_alert X-GitHub-Delivery: {h8}-{h4}-{h4}-{h4}-{h12} action=created'],
  [
    'lambda report request id',
    'REPORT RequestId: {h8}-{h4}-{h4}-{h4}-{h12}\tDuration: {d2}.41 ms\tBilled Duration: 100 ms\tMemory Size: 256 MB',
  ],
  [
    'cloudfront id header',
    '< x-cache: Error from cloudfront\n< x-amz-cf-pop: FRA56-P9\n< x-amz-cf-id: 9uGkgIFGpGZENh2qdCxizmoRtFgim8za5SlTi5ckB602UU3pru_ZR9==',
  ],
  ['rails digested asset', 'ActionController::RoutingError (No route matches [GET] "/assets/passwords-{h64}.css"):'],
  [
    'twig template class',
    'Twig\\Error\\RuntimeError at __TwigTemplate_{h32}->doDisplay(array) (/app/var/cache/prod/twig/{h2}/login.php:43)',
  ],
  [
    'inline source map',
    'Unexpected token near end of file: //# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIndlYnBhY2s6Ly9hcHAvLi9zcmMvbGFudGVybi50cyJdLCJuYW1lcyI6WyJwYXNzd29yZCIsInRva2VuIl0sIm1hcHBpbmdzIjoiQUFBQTtOT0xPIn0=',
  ],
  ['svg data uri', 'background-image: url("data:image/svg+xml;base64,{a79}+{a38}=="); /* lock icon */'],
  ['ecs task id', '(service auth-token-api) has started 1 tasks: (task {h32}).'],
  [
    'service account token secret name',
    'NAME                  TYPE                                  DATA   AGE\ndefault-token-{l5}   kubernetes.io/service-account-token   3      15m',
  ],
  [
    'hikari masked',
    'DEBUG com.zaxxer.hikari.HikariConfig - password........................<masked>\nDEBUG com.zaxxer.hikari.HikariConfig - poolName........................HikariPool-18',
  ],
  [
    'helm template values reference',
    'parse error at (shop/templates/secret.yaml:97): unclosed action in "password: {{ .Values.db.password | b64enc"',
  ],
  [
    'command substitution secret file',
    '/docker-entrypoint.sh: line {d2}: export PGPASSWORD="$(cat /run/secrets/pg_password)": No such file or directory',
  ],
  [
    'aws invalid token message',
    'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid. (after {d3} ms)',
  ],
  ['mysql public key retrieval', 'java.sql.SQLNonTransientConnectionException: Public Key Retrieval is not allowed (pool-69)'],
  [
    'openssl no start line',
    'Could not read private key from /etc/ssl/site-tnf.key: error:1608010C:STORE routines:ossl_store_handle_load_result:unsupported',
  ],
  [
    'cli help password-stdin',
    'unknown flag: --passwknx\nOptions:\n  -p, --password string   Password or Personal Access Token (PAT)\n      --password-stdin    Take the Password or PAT from stdin',
  ],
  ['celery rotate tokens task', 'Task accounts.tasks.rotate_refresh_tokens[{h8}-{h4}-{h4}-{h4}-{h12}] succeeded in 0.{l3}: None'],
  ['sidekiq job id', 'pid=412 tid={l4} class=PasswordResetMailerJob jid={h24} elapsed=0.{d3} INFO: done'],
  [
    'go nil token field',
    'panic: runtime error: invalid memory address: client={baseURL:https://api.acme.example token:<nil> secret: retries:601}',
  ],
];
