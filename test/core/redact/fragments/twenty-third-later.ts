// Twenty-third draw, its other half: it was not looked at before the first half was mended. What it leaked at first sight and then stands in
// `doc/security.md`.
import type { Fragment } from './fill.ts';

export const TWENTY_THIRD_LATER: readonly Fragment[] = [
  [
    'cloudflare scannable user token',
    'X [ERROR] A request to the Cloudflare API (/accounts/c44f3568a0a72427c56afaa9d29e3f14/workers/services/edge-api) failed: Authentication error [code: 10000]; used «cfut_{a48}» from environment',
  ],
  [
    'gitlab routable personal token',
    'time="2025-06-11T08:14:02Z" level=warning msg="glab: 401 Unauthorized" host=gitlab.example.net given=«glpat-{w44}.01.1e1{l6}»',
  ],
  ['circleci project token', 'circleci-cli 0.1.30549: Error: project lookup with «CCIPRJ_{a22}_{h40}» returned 404'],
  [
    'honeycomb ingest key',
    '2025-03-18T10:11:42.120Z\terror\texporterhelper/queue_sender.go:92\tExporting failed. Dropping data.\t{"kind":"exporter","name":"otlp/honeycomb","error":"rpc error: code = Unauthenticated desc = unknown API key «{l5}_{a58}»"}',
  ],
  [
    'prefect user api key',
    "prefect.exceptions.PrefectHTTPStatusError: Client error '401 Unauthorized' for url 'https://api.prefect.cloud/api/me/workspaces' (key «pnu_{a36}»)",
  ],
  [
    'telegram bot token in path',
    'DEBUG:urllib3.connectionpool:https://api.telegram.org:443 "POST /bot«{d10}:AA{w33}»/sendMessage HTTP/1.1" 403 98',
  ],
  ['doppler service token', 'Doppler Error: Invalid Service token «dp.st.prd_worker.{a43}»'],
  ['fly macaroon', 'Error: failed to get app billing-worker: unauthorized (FlyV1 «fm2_lJPECAAAAAAA{b140}»)'],
  ['anthropic admin key', 'curl: (22) usage report: server said 403 to «sk-ant-admin01-{w95}»'],
  ['groq key', 'groq.AuthenticationError: Error code: 401 - Invalid API Key, client was built with «gsk_{a52}»'],
  ['replicate token', 'replicate.exceptions.ReplicateError: title: Unauthenticated status: 401 (sent «r8_{a37}»)'],
  ['e2b key', 'AuthenticationException: 401: Invalid API key, please visit the dashboard (got «e2b_{h40}»)'],
  ['tavily key', 'tool web_search raised InvalidAPIKeyError(Unauthorized: missing or invalid API key: «tvly-dev-{a32}»)'],
  [
    'postman api key',
    'newman: collection could not be loaded, https://api.getpostman.com/collections/12345-abc?apikey=«PMAK-{h24}-{h34}» gave 401',
  ],
  ['bitcoin wif', '2024-05-04T03:11:19Z ThreadRPCServer method=importprivkey params=["«{a52}»","cold",false]'],
  [
    'bedrock long-term api key',
    'litellm.exceptions.AuthenticationError: BedrockException - {"Message":"Bearer token not valid"} api_base=https://bedrock-runtime.eu-west-1.amazonaws.com «ABSKQmVkcm9ja0FQSUtleS1{a119}==»',
  ],
  ['harness personal token', 'harness login --api-key «pat.{w22}.{h24}.{a20}» --account-id acme exited with status 1'],
  ['datadog application key yaml', 'external_metrics:\n  provider: datadog\n  site: datadoghq.eu\n  app_key: «{h40}»'],
  [
    'algolia admin key in query',
    '[Algolia] retrying https://B0CI1MKNQZ-2.algolianet.com/1/indexes/products/batch?x-algolia-agent=Algolia%20for%20JavaScript%20(4.20.0)&x-algolia-api-key=«{h32}»&x-algolia-application-id=UCYRGNOLUO',
  ],
  ['mistral key env', 'docker run --rm -e MISTRAL_API_KEY=«{a32}» -p 8080:8080 acme/rag:0.9'],
  [
    'deepgram token header',
    "websockets.exceptions.InvalidStatusCode: server rejected WebSocket connection: HTTP 401, extra_headers={'Authorization': 'Token «{h40}»'}",
  ],
  [
    'wandb netrc',
    'wandb: Appending key for api.wandb.ai to your netrc file: /root/.netrc\nmachine api.wandb.ai\n  login user\n  password «{h40}»',
  ],
  [
    'nexus npmrc auth',
    'npm verb config from /builds/web/.npmrc\n//nexus.corp.example/repository/npm-group/:_auth="«{login64}»"\nalways-auth=true',
  ],
  ['docker config auth', '{"auths":{"registry.acme.example:5000":{"auth":"«{login64}»"}},"credsStore":""}'],
  [
    'pypirc private index',
    '[distutils]\nindex-servers =\n    devpi\n[devpi]\nrepository = https://devpi.acme.example/root/prod/\nusername = builder\npassword = «{password}»',
  ],
  ['kubeconfig client key', 'users:\n- name: system:admin\n  user:\n    client-key-data: «{a303}=»'],
  ['snyk api token', '$ snyk config set api=«{h8}-{h4}-{h4}-{h4}-{h12}»\napi updated'],
  [
    'okta ssws header',
    'com.okta.sdk.resource.ResourceException: HTTP 401, Okta E0000011 (Invalid token provided); request headers: [Accept: application/json, Authorization: SSWS «{w42}»]',
  ],
  ['hetzner cloud toml', 'active_context = "prod"\n[[contexts]]\n  name = "prod"\n  token = "«{a64}»"'],
  [
    'pagerduty token header',
    '2025-04-08 22:10:01 [pdpyras] GET https://api.pagerduty.com/oncalls Authorization="Token token=«{password}»" -> 429',
  ],
  [
    'opsgenie geniekey',
    'curl -XPOST https://api.eu.opsgenie.com/v2/alerts -H "Authorization: GenieKey «{h8}-{h4}-{h4}-{h4}-{h12}»" -d @alert.json',
  ],
  [
    'trello token in query',
    'RestClient::Unauthorized: 401 Unauthorized: https://api.trello.com/1/boards/Il3GF5OA/lists?key=4d83e1ce6ae228576878877752cb7280&token=«{h64}»',
  ],
  [
    'splunk hec token',
    'splunk_handler: 403 {"text":"Invalid token","code":4} (headers {\'Authorization\': \'Splunk «{H8}-{H4}-{H4}-{H4}-{H12}»\'})',
  ],
  ['influxdb telegraf', '[[outputs.influxdb_v2]]\n  urls = ["http://influx:8086"]\n  token = "«{w86}==»"\n  organization = "acme"'],
  [
    'maxmind licence key in query',
    'Error retrieving update for GeoLite2-City: HTTP 401 for https://download.maxmind.com/app/geoip_download?edition_id=GeoLite2-City&license_key=«{a16}»&suffix=tar.gz',
  ],
  [
    'azure iot device connection string',
    '[iothub-edge] provisioning with HostName=acme-hub.azure-devices.net;DeviceId=pump-158;SharedAccessKey=«{b43}=»',
  ],
  [
    'fcm legacy server key',
    'POST /fcm/send HTTP/1.1\r\nHost: fcm.googleapis.com\r\nAuthorization: key=«AAAA{a7}:APA91b{w134}»\r\nContent-Type: application/json',
  ],
  [
    'github classic hex in remote',
    "fatal: unable to access 'https://x-access-token:«{h40}»@github.com/acme/infra.git/': The requested URL returned error: 403",
  ],
  [
    'zabbix session id json-rpc',
    'JSON-RPC request: {"jsonrpc":"2.0","method":"host.get","params":{"output":["hostid"]},"auth":"«{h32}»","id":2}',
  ],
  ['kaggle json', 'cat: /root/.kaggle/kaggle.json\n{"username":"miraostrow","key":"«{h32}»"}'],
  [
    'consul acl java properties',
    'spring.cloud.consul.host=consul.service\nspring.cloud.consul.config.acl-token=«{h8}-{h4}-{h4}-{h4}-{h12}»',
  ],
  ['airtable personal token', 'pyairtable: 403 Client Error: INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND («pat{a14}.{h64}»)'],
  ['azure devops new pat', 'VssUnauthorizedException: VS30063: You are not authorized to access https://dev.azure.com/acme. («{a84}»)'],
  [
    'docker organisation token',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password, tried acme / «dckr_oat_{w32}»',
  ],
  ['netlify token', 'netlify deploy: JSONHTTPError: Unauthorized 401 «nfp_{a36}»'],
  [
    'test pypi token',
    'twine.exceptions HTTPError: 403 Forbidden from https://test.pypi.org/legacy/ Invalid or non-existent authentication information. «pypi-{w180}»',
  ],
  [
    'langfuse secret key',
    "langfuse ERROR: Unexpected error occurred. Invalid credentials. Confirm that you've configured the correct host (got «sk-lf-{h8}-{h4}-{h4}-{h4}-{h12}»)",
  ],
  [
    'brevo api key',
    'sib_api_v3_sdk.rest.ApiException: (401) Reason: Unauthorized body: {"message":"Key not found","code":"unauthorized"} «xkeysib-{h64}-{a16}»',
  ],
  ['discord bot token', 'discord.errors.LoginFailure: Improper token has been passed. bot.run("«MTAx{a23}.G{a5}.{w38}»")'],
  [
    'matrix synapse access token',
    'nio.responses: LoginError M_UNKNOWN_TOKEN Unrecognised access token «syt_{a7}_dLUoRmLAYVayHONQxxlT_{a6}»',
  ],
  ['heroku oauth authorization', 'heroku-cli: api.heroku.com answered 401 "Invalid credentials provided" for «HRKU-{w60}»'],
  ['alibaba sts security token', 'ErrorCode: InvalidSecurityToken.Expired, x-oss-security-token: «CAIS{b440}==»'],
  [
    'facebook page access token',
    'facebook_business.exceptions.FacebookRequestError: Error validating access token: Session has expired. Path: /v18.0/me/accounts «EAAG{a175}»',
  ],
  ['intercom access token', 'Intercom::AuthenticationError: Access Token Invalid «{a59}=»'],
  ['teamcity access token', '[20:11:02]W: [Step 2/4] curl: (22) 401 from /app/rest/builds; used «eyJ0eXAiOiAiVENWMiJ9.{w36}.{a48}»'],
  ['octopus api key', 'octo push: The API key you provided was not valid: «API-{U31}»'],
  ['unleash client token', 'unleash-client: Unleash responded with 401 Unauthorized, header was «default:production.{h56}»'],
  [
    'docker swarm join token',
    'To add a worker to this swarm, run the following command:\n\n    docker swarm join --token «SWMTKN-1-{l50}-{l25}» swarm-1:2377',
  ],
  [
    'k3s node token',
    'level=fatal msg="starting kubernetes: preparing server: failed to validate token «{a67}::server:{h32}»: token CA hash does not match"',
  ],
  [
    'assemblyai raw authorization header',
    'POST https://api.assemblyai.com/v2/transcript\nauthorization: «{h32}»\ncontent-type: application/json\n\n{"audio_url":"https://acme.example/a.mp3"}',
  ],
  ['reddit praw ini', '[bot1]\nclient_id=J98b0undpbVB2u_paOyS86\nclient_secret=«{a30}»\nuser_agent=linux:digest:v1'],
  [
    'paypal json client secret',
    'config loaded {"paypal":{"mode":"live","clientId":"AXod6eDVGHsMAlTqaUHEd9Gy_S02O2qRZbAjQyXA1408IGq7rCU21pRi5OCFEKIz6U58Qov8l_ZyQ46T","clientSecret":"«{w80}»"}}',
  ],
  [
    'razorpay js key_secret',
    "const instance = new Razorpay({ key_id: 'rzp_live_iqB8od4X82m43e', key_secret: '«{a24}»' });\n                 ^\nTypeError: Razorpay is not a constructor",
  ],
  [
    'infobip app header',
    'okhttp.OkHttpClient: --> POST https://qrh6d.api.infobip.com/sms/2/text/advanced\nokhttp.OkHttpClient: Authorization: App «{h32}-{h8}-{h4}-{h4}-{h4}-{h12}»',
  ],
  [
    'pushover form token',
    'exec: curl -s --form-string "token=«{l30}»" --form-string "message=disk full" https://api.pushover.net/1/messages.json',
  ],
  ['line channel access token json', 'loaded config.json: {"channelSecret":"","channelAccessToken":"«{b171}=»","port":3000}'],
  [
    'feishu app secret body',
    'lark-oapi [DEBUG] POST /open-apis/auth/v3/tenant_access_token/internal 请求体: {"app_id":"cli_e829b83ea7659627","app_secret":"«{a32}»"}',
  ],
  ['coveralls yaml', '$ cat .coveralls.yml\nservice_name: circleci\nrepo_token: «{a33}»'],
  ['new relic licence yaml', "common: &default_settings\n  license_key: '«{a44}»'\n  app_name: shop"],
  [
    'elastic cloud url',
    'elastic_transport.ConnectionTimeout: Connection timed out: https://elastic:«{a24}»@f466f3cb3e24aa642a9338d0b35fad36.europe-west1.gcp.cloud.es.io:9243/_bulk',
  ],
  ['upstash quoted env', 'UPSTASH_REDIS_REST_URL="https://eu1-iboleb-gjaenzg-3321.upstash.io"\nUPSTASH_REDIS_REST_TOKEN="«{a57}»"'],
  ['ovh conf application secret', '[ovh-eu]\napplication_key=33101f8d66c1f305\napplication_secret=«{h32}»'],
  [
    'godaddy sso-key',
    "acme.sh: _H1='Authorization: sso-key J0HyWtXCNuQAPi6cWlG1ntwMxeAatQwsD5oz:«{a22}»' GET https://api.godaddy.com/v1/domains/acme.example/records/TXT",
  ],
  ['virustotal header', "vt.error.APIError: ('WrongCredentialsError', 'Wrong API key') {'x-apikey': '«{h64}»', 'Accept-Encoding': 'gzip'}"],
  [
    'duo skey ini',
    'puppet-agent[2114]: /File[/etc/duo/login_duo.conf]/content: \n+[duo]\n+ikey = DIR8J3F1LO2OMPX1M11P\n+skey = «{a40}»\n+host = api-a80c0984.duosecurity.com',
  ],
  [
    'magento crypt key php',
    "app/etc/env.php:\nreturn [\n    'backend' => ['frontName' => 'admin_6cu02'],\n    'crypt' => [\n        'key' => '«{h32}»'\n    ],",
  ],
  [
    'terraform show initial password',
    '    hostname           = "web-1.acme.example"\n    initial_password   = "«{a12}»"\n    initial_user       = "civo"',
  ],
  ['go usage default', '  -s3-secret-key string\n    \tS3 secret key (default "«{a40}»")'],
  ['smtp auth login challenge', "smtp.c:1018:encoded  AUTH LOGIN challenge: '«{password}»'"],
  [
    'kafka merged config map',
    '2020-09-22 11:12:12,230 INFO  [io.sma.rea.mes.kafka] (Quarkus Main Thread) SRMSG18200: Merging config with {security.protocol=SSL, ssl.keystore.type=PKCS12, ssl.keystore.password=«{a14}», ssl.keystore.location=keystore.p12, bootstrap.servers=my-host:9092}',
  ],
  [
    'jaas escaped in json',
    '2023-05-23 10:47:42 source > Kafka protocol config: {"sasl_mechanism":"PLAIN","sasl_jaas_config":"org.apache.kafka.common.security.plain.PlainLoginModule required username=\\"PJOCFWT4V2JAFYWA\\" password=\\"«{b64}»\\";","security_protocol":"SASL_SSL"}',
  ],
  [
    'go2rtc rtsp url',
    'frigate  | 2023-06-01 19:37:47.236713582  19:37:47.236 ERR github.com/AlexxIT/go2rtc/cmd/streams/producer.go:53 > error="dial tcp cam1:554: i/o timeout" url=rtsp://frigate:«{a12}»@cam1:554/cam/realmonitor?channel=1&subtype=0',
  ],
  [
    'discord webhook',
    '[WARN] Got non-success response (code 400) for URL https://discord.com/api/webhooks/1098101973037829583/«{w68}»: {"embeds": ["0"]}',
  ],
  [
    'git extraheader basic',
    'RuntimeError: Command failed: git -c http.https://github.com/.extraheader=Authorization: Basic «{a72}» clone --single-branch --no-checkout --depth=1 https://github.com/acme/private\nError: fatal: repository not found',
  ],
  [
    'spring generated password',
    '2022-03-01 09:12:44.501  INFO 1 --- [           main] .s.s.UserDetailsServiceAutoConfiguration : \n\nUsing generated security password: «{h8}-{h4}-{h4}-{h4}-{h12}»\n',
  ],
  [
    'hikari jdbc url dots',
    'DEBUG com.zaxxer.hikari.HikariConfig - jdbcUrl.........................jdbc:mysql://db1:3306/orders?useSSL=false&user=orders&password=«{a13}»&serverTimezone=UTC',
  ],
  [
    'axios inspect bearer',
    "    headers: Object [AxiosHeaders] {\n      Accept: 'application/json, text/plain, */*',\n      Authorization: 'Bearer «{w43}»',\n      'User-Agent': 'axios/1.9.0'\n    },",
  ],
  [
    'nuclei api.key',
    'INFO Cache MISS for command: zap-cli quick-scan -config api.disablekey=false -config api.key=«{l26}» http://staging.acme.example',
  ],
  [
    'logcat oauth refresh body',
    '09-14 18:22:01.101  4412  4467 D JsonPathRequestBodyConverter: {"client_id":"382306002429-x49tr522n76fca5t21lw.apps.googleusercontent.com","grant_type":"refresh_token","refresh_token":"«1//{w98}»"}',
  ],
  [
    'rails reset token param',
    'I, [2024-03-03T08:10:11.120034 #17]  INFO -- : [fd9c6526] Started GET "/users/password/edit?reset_password_token=«{w20}»" for ::1 at 2024-03-03 08:10:11 +0000',
  ],
  ['rails session cookie', 'HTTP_COOKIE: _shop_session=«{a60}%2B{a60}%2F{a20}--{a16}--{a22}%3D%3D»; locale=nl'],
  [
    'django meta dump sessionid',
    "Internal Server Error: /cart/\nRequest information:\nCOOKIES: {'csrftoken': 'jSBXpmC0V08ALJudzL3Vl6dIQXXpQ3fi', 'sessionid': '«{l32}»'}",
  ],
  [
    'aspnetcore identity cookie',
    'dbug: Microsoft.AspNetCore.HttpLogging[1] Request: Cookie: .AspNetCore.Identity.Application=«CfDJ8{w240}»',
  ],
  [
    'kubernetes websocket subprotocol bearer',
    'websocket upgrade failed: sec-websocket-protocol: base64url.bearer.authorization.k8s.io.«ZXlKaGJHY2lPaUpJVXpJMU5pSXNJblI1Y0NJNklrcFhWQ0o5LmV5SnBjM01pT2lKcmRXSmxjbTVsZEdWekwzTmxjblpwWTJWaFkyTnZkVzUwSWl3aWMzVmlJam9pYzNsemRHVnRPbk5sY25acFkyVmhZMk52ZFc1ME9tUmxabUYxYkhRNlkya2lmUS{a58}», base64.binary.k8s.io',
  ],
  [
    'gcs signed url',
    'download failed: https://storage.googleapis.com/acme-exports/q3.csv?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Date=20240901T101010Z&X-Goog-Expires=3600&X-Goog-SignedHeaders=host&X-Goog-Signature=«{h512}»',
  ],
  [
    'azure blob sas',
    'azcopy: RESPONSE 403: https://acmebackup.blob.core.windows.net/dumps/2024-06.tar.gz?sv=2023-11-03&se=2024-07-01T00%3A00%3A00Z&sr=c&sp=rcw&sig=«{a20}%2F{a20}%3D»',
  ],
  [
    'sts response xml',
    '<Credentials><AccessKeyId>ASIAFADOA3ERILLEG6ZP</AccessKeyId><SecretAccessKey>«{b40}»</SecretAccessKey><Expiration>2024-05-05T10:00:00Z</Expiration></Credentials>',
  ],
  [
    'openssh key one line escaped',
    'deploy env: {"SSH_HOST":"web-1","SSH_PRIVATE_KEY":"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\\nQyNTUxOQAAACDbNNVPMG8aVW2ekuRLA6A1Ql8+22X8bWpQEYJeC6vBn5BNl7kK3EmFOABR\\nbFhPWz8G2Natgc2gMuiT0fF/3sZ6QLq3EbZr57Z/LX3U9D4es3VQ2F2lEFo0U5tidPMEUw\\n«{b70}»\\nHoiE0i91GPlUpX91EUTsnWJfVWk2rGl3OyHfjKgkTTCwaCnnDPXjcs61TR1hJ6S1z4KHy7\\n-----END OPENSSH PRIVATE KEY-----\\n","SSH_PORT":"22"}',
  ],
  [
    'rsa key multi-line in log',
    '[2024-02-02 10:10:10] DEBUG github_app: signing with\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0UWs+4sOVAkh6C+rb0VDonfSVqWLA58D8WM5HOWETQdABQWU\nk9CLg3UMfDqnJ95ZVCkFbdCA42y0/JYcQRv+gqlGitUAVWP31cTtqerwU2NwPFpK\nZNlSIs2f5gqEIDQnQQnvA5kETgPGZpKgpzivs+9JWWS+NN8u0qoRhfZuUSv01NGk\nqgnBIN4Hda8hR7igvkRiam2cdfRr88Mxik+7IPzwXfViLUArUlUPri8jwRtw+P1l\nDAWkVhUdCKfHDGufC1Jb/K734SOrcs6zLI/kwcAREMe8pmn/VK000PjpsLRo31+D\nvbXEFx/SU9s+VOQxTfA5PeZ1wQ/FuJMgPbUONRAj0IbCz9+b3fdXYdbz4RW6nMGT\n«{b64}»\npHh6/nW3dnznv7hr+to2fM2ZHvCeYFpenaJSa/QN0OVvOAXYXp9HOJLNb8jnq8Ku\nMm0+MBOzAmKBC9wLSkGlC9VwzKKAd8ahDyLcWwnCpkg/rJywPa/S2JPhbB/6ph8l\nDmwSQiFWRwBigcr6tcrId2U/czlpSvkqZlbG2NdI6W0w47S3JReC3KGYEDpQ2Nax\n-----END RSA PRIVATE KEY-----\n[2024-02-02 10:10:10] ERROR github_app: Integration not found',
  ],
  [
    'putty private lines',
    'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: imported-openssh-key\nPublic-Lines: 2\nIPXiF3qZdzpNjljO6Xps1dAXJLGp3Od6aLWrmB44wVoA4BgAeeI1apWgxIznxij+\nccU8r8DTzR0MtH56Z5zsSwRc/u7XZGikbU4eIhAwvI0JUOSX0V9p4IjGC5/g96cc\nPrivate-Lines: 4\n76+NcitaoVnOpMIOiD4LQGBTz3lDPlP67ycHyXZ/2ScVZw5rPQVe9sJ/p6L3YJ5m\n«{b64}»\nGikXt1ulClWx4hUQw7OPQtx1i9T5xm8/+gEvl42G9BMkmioHAcG/DarGRnXG1AU7\nX/f5iyi6/QJc6fRQa7t1vFniY3mZBsyXD+2ZyIlTG3YY35XydR0QapPBsyKVjMik\nPrivate-MAC: 1e6c99950713c16b720af0c76f6e55d78edb85ff8b55b48344f1d15281f74764',
  ],
  [
    'jwk private exponent',
    'jwks: generated signing key {"kty":"EC","crv":"P-256","kid":"467d61d9","x":"Io1rtPvBzxOBjJB8aY8Oq_INB4wzbo62VL6mbG4yQPa","y":"Orx6wgva12mL_DHF4VwoCadEEg6g5AxJI8jQ3d-cFK3","d":"«{w43}»"}',
  ],
  ['supabase magic link', 'mail sent: Follow this link to login: https://app.acme.example/auth/confirm?token_hash=«{h56}»&type=magiclink'],
  [
    'chinese sms code',
    '2024-03-11 12:00:31.882  INFO 7 --- [nio-8080-exec-3] c.s.l.c.v.c.s.DefaultSmsValidateCoderSender : 向手机【139****5507】发送短信验证码【«{d6}»】',
  ],
  [
    'mysql general log identified by',
    "2023-10-02T07:15:33.004512Z\t   41 Query\tCREATE USER IF NOT EXISTS 'metrics'@'%' IDENTIFIED BY '«{password}»'",
  ],
  [
    'bash xtrace export',
    '+ set -e\n+ export STRIPE_API_KEY=«sk_live_{a99}»\n+ STRIPE_API_KEY=«sk_live_{a99}»\n+ bundle exec rake billing:sync',
  ],
  [
    'java keystore system property',
    'INFO: Command line argument: -Djavax.net.ssl.keyStore=/opt/certs/a.p12 -Djavax.net.ssl.keyStorePassword=«{a10}» -Xmx2g',
  ],
  [
    'go redis options',
    'panic: ping failed: &redis.Options{Network:"tcp", Addr:"cache:6379", ClientName:"", Username:"", Password:"«{a15}»", DB:0, MaxRetries:3}',
  ],
  [
    'erlang binary tuple',
    '=CRASH REPORT==== 3-Apr-2024::10:11:12 ===\n    initial call: sms_gateway:init/1\n    messages: [{config,[{host,"api.sms.example"},{auth_token,<<"«{a22}»">>},{retries,3}]}]',
  ],
  [
    'haskell record',
    'user error (ConnectInfo {connectHost = "db", connectPort = 5432, connectUser = "warp", connectPassword = "«{password}»", connectDatabase = "warp"})',
  ],
  [
    'nsdictionary print',
    '2024-06-01 11:20:31.114 Acme[812:20455] AFNetworking response: {\n    "access_token" = «{h64}»;\n    "expires_in" = 3600;\n    "token_type" = bearer;\n}',
  ],
  [
    'perl data dumper',
    "$VAR1 = {\n          'dbname' => 'koha',\n          'dbuser' => 'koha',\n          'dbpass' => '«{password}»'\n        };",
  ],
  [
    'wsse password text',
    '<wsse:UsernameToken><wsse:Username>partner</wsse:Username><wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText">«{password}»</wsse:Password></wsse:UsernameToken>',
  ],
  [
    'mount cifs options',
    'mount error(13): Permission denied\ncmd: mount -t cifs //fs01/media /mnt/media -o username=plex,password=«{a12}»,vers=3.0,uid=1000',
  ],
  ['keytool storepass', '[exec] keytool -importcert -noprompt -keystore cacerts -storepass «{a9}» -alias acme-ca -file ca.crt'],
  ['redis-cli -a', "Liveness probe failed: command 'redis-cli -h localhost -a «{a18}» ping' timed out"],
  [
    'korean temporary password',
    '[2023-12-05 14:22:10] DEBUG MailSender - body: 회원님의 임시 비밀번호는 [ «{password}» ] 입니다. \n로그인 하신 후, 반드시 비밀번호를 변경하여주시길 바랍니다.',
  ],
  [
    'greenplum csv ldapbindpasswd',
    '2021-11-23 19:43:46.528139 UTC,"ajones2","ajones2",p12654,,"FATAL","28000","LDAP authentication failed for user ""ajones2""","Connection matched pg_hba.conf line 92: ""host all ajones2 samenet ldap ldapserver=ldap1 ldapbinddn=""cn=admin,dc=acme,dc=local"" ldapbindpasswd=""«{a15}»"" ldapsearchattribute=""uid"" """,,,,,,0,,"auth.c",318,',
  ],
  [
    'ldap3 connection repr u-string',
    "2015-07-09 09:39:16,575 DEBUG BASIC:instantiated Connection: <Connection(server=Server(host='ldap.acme.example', port=636, use_ssl=True), user=u'CN=Rod,OU=MTL,DC=acme', password=u'«{password}»', auto_bind='NONE', version=3)>",
  ],
  [
    'sudo command chkpasswd',
    'Dec 16 02:08:09 leto sudo:       pi : TTY=unknown ; PWD=/var/www/html/openrsd ; USER=root ; COMMAND=/var/www/html/openrsd/app/bin/chkpasswd matt «{a12}»',
  ],
  [
    'wget converted ftp url',
    "converted 'ftp://admin:«{a11}»@miniserver:21/log' (ANSI_X3.4-1968) -> 'ftp://admin:«{a11}»@miniserver:21/log' (UTF-8)",
  ],
  ['rails started post query', 'Started POST "/admin/sessions?password=«{a9}»&username=admin" for ::1 at 2014-06-08 21:24:43 +0800'],
  [
    'ipmitool -P in brackets',
    '2025-02-20 06:09:29,963 DEBUG [o.a.c.o.d.i.IpmitoolOutOfBandManagementDriver] (API-Job-Executor-39:ctx-2e0eb985) The command [/usr/bin/ipmitool -I lanplus -R 1 -v -H bmc01 -p 623 -U ADMIN -P «{a12}» chassis power status] was successful',
  ],
  [
    'helm parameter name value',
    'level=info msg="Generating manifest" helm="{\\"parameters\\":[{\\"name\\":\\"myOtherApiKey\\",\\"value\\":\\"«{a22}»\\"}]}"',
  ],
  [
    'puppet command changed encrypted password',
    "Notice: /Stage[main]/Postgresql_psql[ALTER ROLE foreman]/command: command changed 'notrun' to 'ALTER ROLE \"foreman\" ENCRYPTED PASSWORD '«{a14}»''",
  ],
  [
    'augeas diff proxy password',
    '--- /etc/yum.conf\n+++ /etc/yum.conf.augnew\n@@ -10,5 +10,5 @@\n proxy=http://proxy.acme.example:3128\n-proxy_username=user\n+proxy_username=anotheruser\n proxy_password=«{a13}»',
  ],
  [
    'slack legacy token in url error',
    'Channel not found at URL: «xoxp-{d12}-{d12}-{d13}-{h32}» TypeError: Only absolute URLs are supported',
  ],
  [
    'google chat webhook token',
    'Error posting to https://chat.googleapis.com/v1/spaces/AAAA2bLxMHk/messages?key=AIza7HWmK1MtZsh6xofaoKS_8cEncI1KgWfMxw1&token=«{w43}»: 404',
  ],
  [
    'wecom robot key',
    '推送企业微信失败 POST https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=«{h8}-{h4}-{h4}-{h4}-{h12}» {"errcode":45009}',
  ],
  [
    'pgp private key block',
    'ci: importing signing key\n-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQsaog+1mUjJQ3KIUp7OGMDySJ3oOq7OHubO1vQg5f40cMh4q8zk33MtZkXxkM48\nvtmNVzU9e4GZRqhqJPpM02RWutYXw7TS83t3hltG3757gJ96O238adoc3cJzUk3g\nZN2mru8OYaESgOdpbev64anWNIWjh+A2DIE3aO+2vcAxbRKQSI9Objo2DgHoz97j\nsDeqhZu1giK2xag5LeD97U8gIW4U9GyzvyBIR7BXOsLT77C+hX52Ninn0LfeN+/x\n«{b64}»\nhtY27v6X5HIhuWdjOGtYVN5L1/jnjfrhORmlASBBEfzpAR1fRQ4LWYJo9ZrEBcYR\nZ4v2aOjOQ66xiriTiwSvo8NT7mG5GR2hKdoYIN9W3ijaYh9tz8GnqCVXmo2t0zUw\nlKNDBJHIbQ2d2FKWkJuK2AdXZD4yx5XQhe8ixPLpZeIVEc9UJBP3OuC1ndFepsFE\n2aIwssMdd+y4ve8m5IiL7x49xKEp1BXtF5amj8+g0IGUmZokn3uC04r9H8FEmlCg\n=4E/e\n-----END PGP PRIVATE KEY BLOCK-----\ngpg: no valid OpenPGP data found.',
  ],
  [
    'ec key flattened to spaces',
    'APNS_KEY=-----BEGIN EC PRIVATE KEY----- MHcCAQEEI7dYy6E0p7eL4KGySHfXSp6qB7jy9A/UpML0AHcTbepJ2d2yCK6XI/Ki «{b64}» FJG4gfTyTWw6zUaR2JKnQixRPswJe3uEXL== -----END EC PRIVATE KEY----- APNS_KEY_ID=GFPEF72N3O',
  ],
  ['tls.key base64 of pem', '  type: kubernetes.io/tls\n  data:\n    tls.key: «{a332}»'],
  [
    'encrypted rsa key with headers',
    'unable to load Private Key\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,7924DAEC88C0B515208F47DB2A1EA205\n\nl5kcFR4pvbKh8n8066sYvaQQOxyDWviNJ+481lf76QZSRmwB78xvrLNsx1Nziyme\ndhwgr2rIcbxN593ynCQV0dbO/4Y4sDghvqU07vkxBhwNJlUHyhCXJzKd3/gpgvUu\ncQpoZB4gPqPC9t9DadooWe8KCA5Je2rxwaToK6Qp6uJGkXpcfCZMxOuUZDVwIR82\nVyDIJsm0JlYUShDuigm1MG5O24bz6v3eeOr4GkkNGtg+j9HxMk/HQp2naCsWHKDt\nJK3diJ1dXBMtgk3csihNQajsv8RCrT3YIfQ73kYmATcQftlEqT1W/Gj0owUlSY+k\n«{b64}»\nj2KU6Za4EK2rvv2ovehROTeNREa6yBddon3KwTJSZrn2bv/eLbTrJx21ed3uu0t9\ndy0DOSBUZX8anBfe8+1QIBY4/4Yr8fkrOWhTIRZbMp1x923LKVBiKMWWlJTKhMmK\n-----END RSA PRIVATE KEY-----',
  ],
  [
    'nextauth jwe session cookie',
    '[next-auth][debug] incoming cookie header: __Secure-next-auth.session-token=«eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..{w16}.{w80}.{w22}»; theme=dark',
  ],
  [
    'minecraft access token argument',
    '[MCLC]: Launching with arguments -Xmx2G -Xms1G net.minecraft.client.main.Main --username Steve --version 1.12.2 --assetIndex 1.12 --accessToken «{h32}» --userType mojang',
  ],
  [
    'unreal exchange code argument',
    'LogInit: Command Line: -AUTH_LOGIN=unused -AUTH_PASSWORD=«{h32}» -AUTH_TYPE=exchangecode -epicapp=Acme',
  ],
  ['macos unlock keychain', 'fastlane: $ security unlock-keychain -p «{a14}» build.keychain-db'],
  [
    'powershell plain securestring',
    '+     $cred = New-Object PSCredential("svc", (ConvertTo-SecureString "«{a15}»" -AsPlainText -Force))\n+     ~~~~~\n    + CategoryInfo          : InvalidOperation',
  ],
  ['chpasswd echo xtrace', "+ useradd -m deploy\n+ echo 'deploy:«{a12}»'\n+ chpasswd"],
  [
    'ldapsearch -w',
    "cron: ldapsearch -x -H ldap://dc1 -D 'cn=reader,dc=acme,dc=local' -w '«{password}»' -b dc=acme,dc=local uid=bob returned 49",
  ],
  ['mosquitto_pub -P', 'node-red: exec failed: mosquitto_pub -h broker -u sensor -P «{a11}» -t home/temp -m 21.5'],
  ['snmpget v3 auth pass', 'librenms: SNMP[snmpget -v3 -l authPriv -u librenms -a SHA -A «{a12}» -x AES -X EEBfoAfhVddw sw1 sysName.0]'],
  [
    'bitcoin rpcpassword',
    'healthcheck: docker exec bitcoind bitcoin-cli -rpcuser=lnd -rpcpassword=«{a43}=» getblockchaininfo: error code: -28',
  ],
  ['wireguard interface dump', "wg-quick: Line unrecognized: `Adress=10/8' in\n[Interface]\nPrivateKey = «{b43}=»\nListenPort = 51820"],
  [
    'wpa supplicant network block',
    'wpa_supplicant: Line 7: failed to parse network block: network={ ssid="Fabrik" psk="«{password}»" key_mgmt=WPA-PSK }',
  ],
  ['cisco snmp community', 'rancid: sw-core-1 config diff\n+ snmp-server community «{a12}» RO 10\n+ snmp-server location rack4'],
  ['nickserv identify', '>> :bot!~bot@host PRIVMSG NickServ :IDENTIFY acmebot «{a11}»'],
  [
    'activerecord bcrypt bind',
    '  User Update (0.6ms)  UPDATE "users" SET "encrypted_password" = $1 WHERE "users"."id" = $2  [["encrypted_password", "$2a$12$«{a53}»"], ["id", 7]]',
  ],
  [
    'django pbkdf2 hash',
    '(0.001) INSERT INTO "auth_user" ("password", "username") VALUES (\'pbkdf2_sha256$600000$qdoHbNxWVUq5jhxb4ZZbr6$«{b43}=»\', \'svc\')',
  ],
  ['swift optional print', 'LoginRequest(username: Optional("vera"), password: Optional("«{password}»"), remember: false)'],
  [
    'machine key web config',
    'Parser Error: <machineKey validationKey="«{H128}»" decryptionKey="2624C913099BA1CCBA10B5DF832CE137478F0F6F5350C94144CBE8D8092E7D91" validation="SHA1" decryption="AES" />',
  ],
  [
    'kubeadm join token',
    'kubeadm join cp1:6443 --token «{l6}.{l16}» --discovery-token-ca-cert-hash sha256:71da3c50e75e0a7a1e855bd28948434683289f555a9c21c3b9e819fba184c86a',
  ],
  [
    'german interim password mail',
    'Um das Kennwort zu ändern, melden Sie sich bitte mit Ihrer Email-Adresse\nund dem folgenden Interims-Kennwort an: «{password}»\n\nDieses Interims-Kennwort ist nur eine Stunde lang gültig.',
  ],
];

export const TWENTY_THIRD_LATER_INNOCENTS: readonly Fragment[] = [
  [
    'npm lock integrity',
    'npm ERR! code EINTEGRITY\nnpm ERR! sha512-akcBby3H+Oi2qbtMtAwUuaED6Fm/hq6mHB9gEXkBb8DGjt/AvyHLoo+HvEiEdlXJ9nHLOzgO0c/28I7OO7vM4w== integrity checksum failed when using sha512: wanted sha512-akcBby3H+Oi2qbtMtAwUuaED6Fm/hq6mHB9gEXkBb8DGjt/AvyHLoo+HvEiEdlXJ9nHLOzgO0c/28I7OO7vM4w== but got sha512-5Tbrlxmy7zB/KtiqIfXSPXBwiTpYhjvE/0kdjrA58KVQ3l3rsO8IbkjsCxY5RCbLCALlHQeKCuH0n+6Rio/9jA==. (25310 bytes)',
  ],
  [
    'cargo lock checksum',
    '[[package]]\nname = "secrecy"\nversion = "0.8.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "{h64}"',
  ],
  [
    'go sum mismatch',
    'verifying github.com/golang-jwt/jwt/v5@v5.2.0: checksum mismatch\n\tdownloaded: h1:6kAkDR08gLHExp5745kBdv72qCfln98OJMFohLP+yp0=\n\tgo.sum:     h1:TOQe+SiKV6lG5AGquXHAROUcZOv+AxZU2JXJotZ6dGs=\n\nSECURITY ERROR',
  ],
  ['bundler checksums', 'CHECKSUMS\n  jwt (2.8.1) sha256={h64}\n  rack (3.0.9) sha256={h64}'],
  ['docker digest', 'Digest: sha256:{h64}\nStatus: Downloaded newer image for hashicorp/vault:1.15\ndocker.io/hashicorp/vault:1.15'],
  ['buildkit extracting', '#7 extracting sha256:{h64} 1.4s done\n#7 DONE 6.2s'],
  ['git head now at', 'HEAD is now at {h7} refresh token before expiry'],
  ['git log commit line', 'commit {h40} (HEAD -> main, tag: v2.14.0)\n\n    Rotate signing key names, not values'],
  ['git diff index line', 'diff --git a/src/auth/secret.ts b/src/auth/secret.ts\nindex {h7}..{h7} 100644'],
  ['w3c traceparent', 'traceparent: 00-{h32}-{h16}-01'],
  ['sentry event id', '[sentry] DEBUG: Sending event [event_id:{h32}] to project 42'],
  ['ulid request id', 'level=info msg="request completed" request_id={U26} route=/v1/tokens status=204'],
  [
    'k8s projected token volume',
    'MountVolume.SetUp failed for volume "kube-api-access-{l5}" : failed to fetch token: serviceaccounts "ci" not found',
  ],
  [
    'ssh public key ed25519',
    'Adding deploy key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIe72x32D9ujG0T3XyPJfC0/MSPhN/nSsQqgdSvqSfT1j deploy-key',
  ],
  [
    'pem public key block',
    'verifying webhook with\n-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbjDNTe+/94QynT2k1XpjKABwpVNd\nVIckR8fEVgV6QPBDA52CGywN7Q5CYbcPiNKrt59V4iYPvUz3S6kWWxG+Hw==\n-----END PUBLIC KEY-----',
  ],
  [
    'gpg fingerprint',
    'gpg: Good signature from "Release Bot" [unknown]\nPrimary key fingerprint: {H4} {H4} {H4} {H4} {H4}  {H4} {H4} {H4} {H4} {H4}',
  ],
  ['rust mangled symbol', '  17: _ZN7reqwest5async11credentials5parse17h{h16}E'],
  [
    'go oauth2 frame',
    'golang.org/x/oauth2.(*tokenRefresher).Token(0xc000a66430)\n\t/go/pkg/mod/golang.org/x/oauth2@v0.16.0/oauth2.go:254 +0x6c',
  ],
  [
    'jdbc placeholder',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a setting holds
    'Could not resolve placeholder \'DB_PASSWORD\' in value "jdbc:postgresql://db-{d1}/shop?user=app&password=${DB_PASSWORD}"',
  ],
  ['angle placeholder', 'Usage: run-issi.sh --api-key <your-api-key> --region <region>'],
  ['json null password', '{"id":{d3},"login":"svc","password":null,"token":"","secret":false}'],
  [
    'rails filtered',
    '  Parameters: {"user"=>{"login"=>"{l6}", "password"=>"[FILTERED]"}, "authenticity_token"=>"[FILTERED]", "commit"=>"Log in"}',
  ],
  [
    'key error env name',
    '  File "/app/settings/base.py", line {d2}, in <module>\n    SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nKeyError: \'DJANGO_SECRET_KEY\'',
  ],
  ['missing env names', 'FATAL: missing required environment variables: STRIPE_SECRET_KEY, JWT_PRIVATE_KEY, SMTP_PASSWORD ({d3} ms)'],
  [
    'vault path denied',
    'Error reading secret/data/prod/billing-hyw: Error making API request.\nCode: 403. Errors:\n* 1 error occurred: permission denied',
  ],
  ['package version', 'Setting up libsecret-1-0:amd64 (0.20.5-{l8}.22.04.{d1}) ...'],
  ['multipart boundary', 'Content-Type: multipart/form-data; boundary=----{a34}'],
  ['mongo object id', 'CastError: Cast to ObjectId failed for value "undefined" at path "_id" for model "Token", parent ObjectId("{h24}")'],
  ['ec2 resource ids', 'aws_instance.web: Creation complete after 32s [id=i-{h17}]\naws_security_group.db: Modifying... [id=sg-{h17}]'],
  ['npm audit advisory', 'jsonwebtoken  <=8.5.1  Severity: moderate  https://github.com/advisories/GHSA-{l4}-{l4}-{l4}'],
  ['rustc unresolved secret', 'error[E0425]: cannot find value `client_secret` in this scope\n  --> src/oauth.rs:23:24'],
  [
    'android activity record',
    'W ActivityTaskManager: Activity pause timeout for ActivityRecord{{h7} u0 com.acme.bank/.PasswordActivity {l3}}',
  ],
  ['csrf origin failed', 'Forbidden (CSRF token from POST incorrect.): /checkout/{d3}/'],
  [
    'wireguard peer handshake',
    'wireguard: wg0: Handshake for peer 847 (vpn.acme.example:51820) did not complete after 5 seconds, retrying (try 2)',
  ],
  [
    'certificate pem block',
    'depth=0 verify error:num=18:self signed certificate\n-----BEGIN CERTIFICATE-----\nMIIDPDtX1Ec9s6PhSGe3pUn2RA6pV9T7j1qzGuQPcczph7POl5ggZCnGCPG8aAN6\nMg9+F4DfY0Jd1U+C02Kw9IO5AhguI9pOzeCu/+CQ84GztV+D4550hX456+N2laUN\nXLbZxssPQPVlgZXy88TmP4G5GjtMBVaIHE4inUdArd5DFljrwHP+QlnIe6BBsEud\n8nm/iySS4492ELxNarVpZH9MY3UOSduRBJgNhVteDMK73cWLNl6cFIa9Sw3E6ySL\nzkWw8VbGZtJRr30G1SwPXHlhGrg2LAnfwc/lOm/BWCRJE8tBlOOAPzcd0zAIEvhG\ncbnPdLpJ2OwD9OQPqk+szAtzA/sSQs==\n-----END CERTIFICATE-----',
  ],
  [
    'x509 fingerprint colons',
    'sha256 Fingerprint={H2}:{H2}:{H2}:{H2}:{H2}:{d2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{d2}:{d2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{d2}:{H2}:{H2}:{H2}:{H2}',
  ],
  [
    'jwks public modulus',
    'No matching key in JWKS: {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"a09c13da444cd5b3ffe148d29a1efa192a7212b6","n":"kZRPvcp010nTPUrhvS4KXvhxVL0f0HWgRKMzYsQJ7BDCi4E6btAvwUZ-njJv3sSzfAmVsq2KOXHJcJwmhjY7aJDaA--vEsksihrgT2K3pbwotFu9sVukcqz1eFDBuREnGlHwztZxyWwTF1Q8X4-o9qlk6Y60hTL6cm0HuMxDA7leds0cr1EKNyBbWm2IQC9jyOS-5iSJqH1D4wb6vvA9Duk5jwIAZ7BLul-wbgyzmqfJ6KF_dhP7BlKNt7unLc2gaSimgDSDbKJmwnMYVVyQbzFaVfMy82mkdCQPh_IhpaAU-Tl5cEsphzol5XXPPBXff9SR0IMq3H8l387rWafFvg","e":"AQAB"}]}',
  ],
  [
    'ssh-rsa public key',
    'cloud-init[812]: ci-info: authorized key added: ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQtAkBtam8H2XFHvu5ibGoXLqnU8TzTNHmcqPPREjDcka2nvmzlu5sYJpuypZ3TDDej6Iw2V6Wpk6JL8feqzMjmyTj/nqNXggGDxpXhqUmVcaLjLOAlB1b/qCHzK8OFyT9N+vs5mntZD8bpW/1feeuRXplZ3iIk48ky79EoFMrj1HIqu+7HWeUmYCwuuJq/YiM9KCnO7V0ZGRDDy3cQZ3WuCg82MTohAsmtV/Wjn1YGqB66r0BC83d6twBy2ox9jmHBx81JT8tXmcmda+u4FZAcdzeuEtF6cdCmKN8yEW8aLA3UbWgnkc6EniCSmrbhDFwpzAFBGbfk35k/G71xWh8skGTqD4Tg87S8a/dJQAK7U/gZ7346qxDw3D3kPFwhb/7AWkSNBGDCtAA1ExQGy8cE2iPDo49N1HJtbl9+d7/pw2KcWTWIy9/lk5mhMmFnGchakqM2fJe3lwE+IFpYsMaIGhCg9Knne4fuNjdjifxegb05OdUbrqgYqNq65wo35 build-agent',
  ],
  [
    'wg show public keys',
    'interface: wg0\n  public key: vVjgVpMm9sSe3MdspCZAK1V5WibvPXnQWTSExsJcq8g=\n  private key: (hidden)\n  listening port: 51820\n\npeer: Wjni85KMYwPqKz6xUytKXelvtk1ugSYItMEv+oyI5zA=\n  latest handshake: 1 minute ago',
  ],
  [
    'dkim txt record',
    'opendkim: s1._domainkey.acme.example key data: v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQIp5hHINzsCLxB5YD1DbMP/lAmI0YEeBkyruFIFKZHxdtpIVY4LD04OdiMJ1pwb9zi2XOm9BorkLHC3VqdqNmc73Kv4NPFXhFuBNKmbJTzlUBsi1Pgf/kq0ocsHfoOVLtV/Qm6HbxDyUH2khdpRJov8wV4ahUa0yDSSAVMrahyCVC/zNZmyIDAQAB',
  ],
  ['magnet info hash', "transmission: couldn't add torrent magnet:?xt=urn:btih:{h40}&dn=debian-12.5.0-amd64-netinst.iso"],
  ['systemd invocation id', "-- Boot {h32} --\nsystemd[1]: secrets-sync.service: Failed with result 'exit-code'."],
  [
    'com class id',
    'Retrieving the COM class factory for component with CLSID {{H8}-{H4}-{H4}-{H4}-{H12}} failed due to the following error: 80040154 Class not registered',
  ],
  [
    'nuget content hash',
    'NU1403: Package content hash validation failed for Microsoft.IdentityModel.Tokens.7.1.2. Expected: AHLgQjVNXNlFPZu5VCouANkli4NWnDSA5OEV7298zEcGEYd0+0G+wR5B2PJuBDDk357LV/o0VAIebIPcthZZBw== Actual: UJ1Nn1s2wEtuw9+hIQtRbqSH74/oeqqHCFV2vkVN5osWov1fCdfO4rspVIQbXuF2m8DcnQMPTSkvgzlD/VdfQg==',
  ],
  [
    'gradle verification sha256',
    '            <sha256 value="{h64}" origin="Generated by Gradle"/>\n         </artifact>\n         <artifact name="security-crypto-1.1.0.pom">',
  ],
  [
    'pnpm lock resolution',
    "  jsonwebtoken@9.0.2:\n    resolution: {integrity: sha512-k9I2lq1aWTzBZo4FGGT4aeW5PQzj+csO251vqtafOpl0nBSqc+rtx82oeCLWZe3lfl/G2v1DuXEi5zStELPhUw==}\n    engines: {node: '>=12', npm: '>=6'}",
  ],
  [
    'deno lock remote',
    'error: Integrity check failed for remote specifier "https://deno.land/x/djwt@v3.0.2/mod.ts".\nActual: {h64}\nExpected: {h64}',
  ],
  [
    'swift package resolved',
    '      "identity" : "swift-crypto",\n      "state" : {\n        "revision" : "{h40}",\n        "version" : "3.1.0"\n      }',
  ],
  [
    'terraform lock hashes',
    'provider "registry.terraform.io/hashicorp/vault" {\n  hashes = [\n    "h1:kNTTwU8KJ/j0M+6VxzkrKlTh6JI20thu0KASCL71jGQ=",\n    "zh:beb46766a691f9ff721fa1817f4edde4f920a7f6476fd70bbd800ded682aed46",\n  ]',
  ],
  [
    'conda explicit md5',
    'ChecksumMismatchError: https://conda.anaconda.org/conda-forge/noarch/secretstorage-3.3.3.conda#{h32} expected md5 sum {h32}',
  ],
  ['mercurial changeset', 'changeset:   {d4}:{h12}\nsummary:     Remove unused password reset token column'],
  ['cloudwatch stream name', 'logs:GetLogEvents /aws/lambda/rotate-secrets 2024/05/01/[$LATEST]{h32} ResourceNotFoundException'],
  ['b3 propagation', 'b3: {h32}-{h16}-1'],
  ['uber trace id', 'req headers uber-trace-id={h16}:{h16}:0:1 path=/oauth/authorize'],
  ['next build manifest', 'GET /_next/static/aW1O8z3jUmLRskxe2czay/_buildManifest.js 404'],
  [
    'blade compiled view',
    'ErrorException: Undefined variable $secret (View: /app/resources/views/settings.blade.php) in /app/storage/framework/views/{h40}.php:{d2}',
  ],
  ['itanium mangled token', '#3  {l18} in _ZN5clang5Lexer8LexTokenERNS_5TokenE () from /usr/lib/libclang-cpp.so.17'],
  ['swift mangled keychain', '5   AcmeApp   0x0000000104b71502 $s7AcmeApp13KeychainStoreC8passwordSSvg + 98'],
  ['kernel registers', 'RAX: 0000000000000000 RBX: {h16} RCX: {h16}\nRIP: 0010:key_lookup+{l4}/0xf0'],
  ['md5 bsd style', 'MD5 (credentials-provider-2.1.jar) = {h32}'],
  [
    'entra application not found',
    "AADSTS700016: Application with identifier '{h8}-{h4}-{h4}-{h4}-{h12}' was not found in the directory 'Acme'. Trace ID: {h8}-{h4}-{h4}-{h4}-{h12}",
  ],
  [
    'helm release secret name',
    'Error: UPGRADE FAILED: create: failed to create: secrets "sh.helm.release.v1.identity.{l2}" already exists',
  ],
  [
    'kafka hidden values',
    '\tsasl.jaas.config = [hidden]\n\tsasl.mechanism = SCRAM-SHA-512\n\tssl.keystore.password = null\n\tssl.truststore.password = [hidden]\n\tretries = {d3}',
  ],
  ['format string password', 'TypeError: not enough arguments for format string: "host=%s user=%s password=%s dbname=%s" (conn.py:45)'],
  ['onepassword reference', '[ERROR] could not resolve item: DB_PASSWORD=op://prod-jcid/postgres/password: "postgres" isn\'t an item'],
  [
    'terraform variable reference',
    'Error: Reference to undeclared input variable\n  on rds.tf line {d2}, in resource "aws_db_instance" "main":\n    password = var.db_master_password',
  ],
  ['russian wrong password', 'WARN Неверный пароль: попытка {d1} из 5 (сеанс {d3}), пользователь заблокирован'],
  ['spanish token expired', 'ERROR [AuthFilter] Token inválido o caducado (línea {d3})'],
  [
    'sql add password column',
    '-- add_column(:users, :reset_password_token, :string, {:limit=>{d3}})\n-- add_index(:users, :reset_password_token, {:unique=>true})',
  ],
  [
    'unknown column api_token',
    "SQLSTATE[42S22]: Column not found: 1054 Unknown column 'api_token' in 'where clause' (SQL: select * from `users` where `id` = {d2} limit 1)",
  ],
  [
    'special tokens map',
    "UserWarning: special_tokens_map {'bos_token': '<s>', 'eos_token': '</s>', 'pad_token': '[PAD]'} vocab_size={d5} pad_token_id={d1}",
  ],
  ['antlr mismatched password', "ParseException: line {d1}:{d2} mismatched input 'password' expecting {<EOF>, ';'}"],
  ['symfony container class', 'PHP Fatal error:  Cannot declare class {a16}\\getSecrets_VaultService, because the name is already in use'],
  ['keydown event log', "[Violation] 'keydown' handler took {l5} (key=Enter code=NumpadEnter target=input#password)"],
];
