// Logs of services as their sources word them, from the templates of their documentation and sources, with values drawn by
// what stands there (`system-logs.js`): heads, levels and all. `{name}` is the place of a value; what stands before `|` is the level.
const clock = (line) => {
  const second = 3 * line;
  const two = (value) => String(value).padStart(2, '0');
  return [two(3 + Math.floor(second / 3600)), two(Math.floor(second / 60) % 60), two(second % 60)].join(':');
};
const LEVELS = { E: 'ERROR', W: 'WARN', I: 'INFO', D: 'DEBUG', F: 'FATAL' };

/** Each: how its head is written, and its templates. */
export const SYSTEMS = {
  sshd: {
    head: (line, _, { int }) => `Jan  2 ${clock(line)} web1 sshd[${int(800, 32_000)}]: `,
    templates: `I|Accepted publickey for {user} from {ip} port {port} ssh2: RSA SHA256:{base64}
I|Accepted password for {user} from {ip} port {port} ssh2
I|Failed password for {user} from {ip} port {port} ssh2
I|Failed password for invalid user {user} from {ip} port {port} ssh2
I|Invalid user {user} from {ip} port {port}
I|Connection closed by {ip} port {port} [preauth]
I|Connection closed by authenticating user {user} {ip} port {port} [preauth]
I|Received disconnect from {ip} port {port}:11: disconnected by user
I|Disconnected from user {user} {ip} port {port}
I|pam_unix(sshd:session): session opened for user {user}(uid={int}) by (uid=0)
I|pam_unix(sshd:session): session closed for user {user}
I|pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}  user={user}
I|Server listening on {ip} port {port}.
I|Did not receive identification string from {ip} port {port}
I|Unable to negotiate with {ip} port {port}: no matching host key type found. Their offer: {list} [preauth]
E|error: maximum authentication attempts exceeded for {user} from {ip} port {port} ssh2 [preauth]
E|error: kex_exchange_identification: Connection closed by remote host
E|error: Could not load host key: {path}
F|fatal: Timeout before authentication for {ip} port {port}
I|Postponed publickey for {user} from {ip} port {port} ssh2 [preauth]`,
  },
  nginx: {
    head: (line, level, { int }) =>
      `2026/01/02 ${clock(line)} [${{ E: 'error', W: 'warn', I: 'notice', F: 'emerg', D: 'debug' }[level]}] ${int(20, 99)}#${int(20, 99)}: `,
    templates: `E|*{int} open() "{path}" failed (2: No such file or directory), client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", host: "{host}"
E|*{int} connect() failed (111: Connection refused) while connecting to upstream, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", upstream: "http://{ip}:{port}{urlpath}", host: "{host}"
E|*{int} upstream timed out (110: Connection timed out) while reading response header from upstream, client: {ip}, server: {host}, request: "POST {urlpath} HTTP/1.1", upstream: "http://{ip}:{port}{urlpath}", host: "{host}"
E|*{int} upstream prematurely closed connection while reading response header from upstream, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/2.0", upstream: "http://{ip}:{port}{urlpath}", host: "{host}"
E|*{int} client intended to send too large body: {int} bytes, client: {ip}, server: {host}, request: "POST {urlpath} HTTP/1.1", host: "{host}"
E|*{int} directory index of "{path}" is forbidden, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", host: "{host}"
E|*{int} access forbidden by rule, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", host: "{host}"
E|*{int} no live upstreams while connecting to upstream, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", upstream: "http://{word}{urlpath}", host: "{host}"
E|*{int} user "{user}" was not found in "{path}", client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", host: "{host}"
E|*{int} limiting requests, excess: {float} by zone "{word}", client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", host: "{host}"
W|*{int} a client request body is buffered to a temporary file {path}, client: {ip}, server: {host}, request: "POST {urlpath} HTTP/1.1", host: "{host}"
W|*{int} an upstream response is buffered to a temporary file {path} while reading upstream, client: {ip}, server: {host}, request: "GET {urlpath} HTTP/1.1", upstream: "http://{ip}:{port}{urlpath}", host: "{host}"
W|conflicting server name "{host}" on {ip}:{port}, ignored
I|signal process started
I|start worker process {int}
I|worker process {int} exited with code 0
I|signal {int} (SIGCHLD) received from {int}
I|reconfiguring
F|bind() to {ip}:{port} failed (98: Address already in use)
F|host not found in upstream "{host}" in {path}:{int}`,
  },
  postgres: {
    head: (line, level, { int }) =>
      `2026-01-02 ${clock(line)}.${int(100, 999)} UTC [${int(100, 9999)}] ${{ E: 'ERROR', W: 'WARNING', I: 'LOG', F: 'FATAL', D: 'DEBUG' }[level]}:  `,
    templates: `I|checkpoint starting: time
I|checkpoint complete: wrote {int} buffers ({float}%); 0 WAL file(s) added, {int} removed, {int} recycled; write={float} s, sync={float} s, total={float} s; sync files={int}, longest={float} s, average={float} s; distance={int} kB, estimate={int} kB
I|connection received: host={ip} port={port}
I|connection authorized: user={user} database={table} application_name={word}
I|disconnection: session time: {clock} user={user} database={table} host={ip} port={port}
I|duration: {float} ms  statement: SELECT * FROM {table} WHERE id = {int}
I|automatic vacuum of table "{table}.public.{table}": index scans: {int}
I|automatic analyze of table "{table}.public.{table}"
I|database system is ready to accept connections
I|received fast shutdown request
I|listening on IPv4 address "{ip}", port {port}
I|could not receive data from client: Connection reset by peer
I|unexpected EOF on client connection with an open transaction
I|process {int} still waiting for ShareLock on transaction {int} after {float} ms
E|relation "{table}" does not exist at character {int}
E|column "{table}" does not exist at character {int}
E|duplicate key value violates unique constraint "{table}_pkey"
E|deadlock detected
E|canceling statement due to statement timeout
E|syntax error at or near "{word}" at character {int}
E|value too long for type character varying({int})
F|password authentication failed for user "{user}"
F|database "{table}" does not exist
F|remaining connection slots are reserved for non-replication superuser connections
W|there is no transaction in progress`,
  },
  kafka: {
    head: (line, level, { int }) => `[2026-01-02 ${clock(line)},${int(100, 999)}] ${LEVELS[level]} `,
    templates: `I|[Partition {topic}-{small} broker={small}] Log loaded for partition {topic}-{small} with initial high watermark {int} (kafka.cluster.Partition)
I|[Log partition={topic}-{small}, dir={path}] Rolled new log segment at offset {int} in {small} ms. (kafka.log.Log)
I|[Log partition={topic}-{small}, dir={path}] Deleting segment LogSegment(baseOffset={int}, size={int}, lastModifiedTime={int}, largestRecordTimestamp=Some({int})) due to retention time {int}ms breach (kafka.log.UnifiedLog)
I|[GroupCoordinator {small}]: Preparing to rebalance group {group} in state PreparingRebalance with old generation {small} (__consumer_offsets-{small}) (reason: Adding new member {word}-{uuid}) (kafka.coordinator.group.GroupCoordinator)
I|[GroupCoordinator {small}]: Stabilized group {group} generation {small} (__consumer_offsets-{small}) with {small} members (kafka.coordinator.group.GroupCoordinator)
I|[GroupCoordinator {small}]: Member {word}-{uuid} in group {group} has failed, removing it from the group (kafka.coordinator.group.GroupCoordinator)
I|[GroupMetadataManager brokerId={small}] Removed {small} expired offsets in {small} milliseconds. (kafka.coordinator.group.GroupMetadataManager)
I|[Controller id={small}] Processing automatic preferred replica leader election (kafka.controller.KafkaController)
I|[Controller id={small}] Partition {topic}-{small} state changed from OfflinePartition to OnlinePartition with leader {small} (state.change.logger)
I|Creating topic {topic} with configuration {jsonish} and initial partition assignment {map} (kafka.zk.AdminZkClient)
I|[SocketServer listenerType=ZK_BROKER, nodeId={small}] Started data-plane acceptor and processor(s) for endpoint : ListenerName(PLAINTEXT) (kafka.network.SocketServer)
W|[ReplicaFetcher replicaId={small}, leaderId={small}, fetcherId={small}] Error in response for fetch request (type=FetchRequest, replicaId={small}, maxWait={int}, minBytes=1, sessionId={int}, epoch=INITIAL) (kafka.server.ReplicaFetcherThread)
W|[Producer clientId={word}-{small}] Got error produce response with correlation id {int} on topic-partition {topic}-{small}, retrying ({small} attempts left). Error: NOT_LEADER_OR_FOLLOWER (org.apache.kafka.clients.producer.internals.Sender)
W|Session {hex} for server {host}/{ip}:{port}, unexpected error, closing socket connection and attempting reconnect (org.apache.zookeeper.ClientCnxn)
E|[ReplicaManager broker={small}] Error processing append operation on partition {topic}-{small} (kafka.server.ReplicaManager)
E|[KafkaApi-{small}] Number of alive brokers '{small}' does not meet the required replication factor '{small}' for the offsets topic (kafka.server.KafkaApis)
E|Error while reading checkpoint file {path} (kafka.server.LogDirFailureChannel)
E|Shutdown broker because all log dirs in {path} have failed (kafka.log.LogManager)
F|[KafkaServer id={small}] Fatal error during KafkaServer startup. Prepare to shutdown (kafka.server.KafkaServer)
I|[KafkaServer id={small}] started (kafka.server.KafkaServer)`,
  },
  elasticsearch: {
    head: (line, level, { int }) => `[2026-01-02T${clock(line)},${int(100, 999)}][${LEVELS[level].padEnd(5)}]`,
    templates: `I|[o.e.n.Node               ] [{node}] started {{node}}{{base64}}{{ip}}{{ip}:{port}}
I|[o.e.c.m.MetadataCreateIndexService] [{node}] [{index}] creating index, cause [auto(bulk api)], templates [{word}], shards [{small}]/[{small}]
I|[o.e.c.m.MetadataMappingService] [{node}] [{index}/{base64}] update_mapping [_doc]
I|[o.e.c.r.a.AllocationService] [{node}] Cluster health status changed from [YELLOW] to [GREEN] (reason: [shards started [[{index}][{small}]]]).
I|[o.e.c.s.MasterService    ] [{node}] node-join[{{node}}{{base64}} joining], term: {int}, version: {int}, delta: added {{{node}}}
I|[o.e.c.s.ClusterApplierService] [{node}] removed {{{node}}}, term: {int}, version: {int}
W|[o.e.m.j.JvmGcMonitorService] [{node}] [gc][{int}] overhead, spent [{ms}] collecting in the last [{ms}]
W|[o.e.m.j.JvmGcMonitorService] [{node}] [gc][young][{int}][{int}] duration [{ms}], collections [{small}]/[{ms}], total [{ms}]/[{ms}], memory [{size}]->[{size}]/[{size}]
W|[o.e.c.r.a.DiskThresholdMonitor] [{node}] high disk watermark [90%] exceeded on [{base64}][{node}][{path}] free: {size}[{float}%], shards will be relocated away from this node
W|[o.e.t.TransportService   ] [{node}] Received response for a request that has timed out, sent [{ms}] ago, timed out [{ms}] ago, action [indices:monitor/stats[n]], node [{{node}}], id [{int}]
W|[r.suppressed             ] [{node}] path: /{index}/_search, params: {index={index}}
W|[o.e.c.InternalClusterInfoService] [{node}] failed to retrieve stats for node [{base64}]: [{node}][{ip}:{port}][cluster:monitor/nodes/stats[n]] request_id [{int}] timed out after [{ms}]
E|[o.e.b.ElasticsearchUncaughtExceptionHandler] [{node}] uncaught exception in thread [main]
E|[o.e.i.e.Engine           ] [{node}] [{index}][{small}] failed engine [refresh failed source[schedule]]
E|[o.e.x.w.e.ExecutionService] [{node}] could not delete triggered watch [{uuid}]
E|[o.e.g.GatewayMetaState   ] [{node}] failed to write cluster state to [{path}]
I|[o.e.x.i.IndexLifecycleTransition] [{node}] moving index [{index}] from [{jsonish}] to [{jsonish}] in policy [{word}]
I|[o.e.p.PluginsService     ] [{node}] loaded module [{word}]
I|[o.e.t.TransportService   ] [{node}] publish_address {{ip}:{port}}, bound_addresses {{ip}:{port}}
I|[o.e.n.Node               ] [{node}] stopping ...`,
  },
  kernel: {
    head: (line, _, { int }) => `[${String(line * 3 + 1).padStart(5)}.${int(100_000, 999_999)}] `,
    templates: `I|usb {bus}: new high-speed USB device number {small} using xhci_hcd
I|usb {bus}: New USB device found, idVendor={hex4}, idProduct={hex4}, bcdDevice= {float}
I|usb {bus}: USB disconnect, device number {small}
I|{iface}: Link is Up - {int}Mbps/Full - flow control rx/tx
I|{iface}: Link is Down
I|IPv6: ADDRCONF(NETDEV_CHANGE): {iface}: link becomes ready
I|EXT4-fs ({disk}): mounted filesystem with ordered data mode. Opts: errors=remount-ro
I|EXT4-fs ({disk}): re-mounted. Opts: (null)
I|device {iface} entered promiscuous mode
I|audit: type={int} audit({float}:{int}): apparmor="DENIED" operation="open" profile="{path}" name="{path}" pid={int} comm="{word}" requested_mask="r" denied_mask="r" fsuid={int} ouid={int}
I|{word}[{int}]: segfault at {hex} ip {hex16} sp {hex16} error {small} in {lib}[{hex}+{hex}]
I|Out of memory: Killed process {int} ({word}) total-vm:{int}kB, anon-rss:{int}kB, file-rss:{int}kB, shmem-rss:{int}kB, UID:{int} pgtables:{int}kB oom_score_adj:{int}
I|oom_reaper: reaped process {int} ({word}), now anon-rss:{int}kB, file-rss:{int}kB, shmem-rss:{int}kB
I|TCP: request_sock_TCP: Possible SYN flooding on port {port}. Sending cookies.  Check SNMP counters.
I|nf_conntrack: nf_conntrack: table full, dropping packet
I|CPU{small}: Core temperature above threshold, cpu clock throttled (total events = {int})
I|INFO: task {word}:{int} blocked for more than {int} seconds.
I|blk_update_request: I/O error, dev {disk}, sector {int} op 0x0:(READ) flags {hex} phys_seg {small} prio class 0
I|Buffer I/O error on dev {disk}, logical block {int}, async page read
I|sd {int}:0:0:{small}: [{disk}] {int} 512-byte logical blocks: ({size}/{size})
I|docker0: port {small}({iface}) entered forwarding state
I|pci {pci}: BAR {small}: assigned [mem {hex}-{hex} 64bit pref]
I|systemd[1]: Started {unit}.
I|perf: interrupt took too long ({int} > {int}), lowering kernel.perf_event_max_sample_rate to {int}`,
  },
  systemd: {
    head: (line) => `Jan 02 ${clock(line)} web1 systemd[1]: `,
    templates: `I|Starting {unit} - {title}...
I|Started {unit} - {title}.
I|Stopping {unit} - {title}...
I|Stopped {unit} - {title}.
I|{unit}: Succeeded.
I|{unit}: Deactivated successfully.
I|{unit}: Main process exited, code=exited, status={small}/FAILURE
I|{unit}: Main process exited, code=killed, status=9/KILL
I|{unit}: Failed with result 'exit-code'.
I|{unit}: Failed with result 'signal'.
I|{unit}: Scheduled restart job, restart counter is at {int}.
I|{unit}: Start request repeated too quickly.
I|Failed to start {unit} - {title}.
I|{unit}: Consumed {float}s CPU time.
I|{unit}: Killing process {int} ({word}) with signal SIGKILL.
I|{unit}: A process of this unit has been killed by the OOM killer.
I|Created slice User Slice of UID {int}.
I|Removed slice User Slice of UID {int}.
I|Started Session {int} of User {user}.
I|Reached target {title}.
I|Mounted {path}.
I|Listening on {title} Socket.
I|{unit}: Current command vanished from the unit file, execution of the command list won't be resumed.`,
  },
  gitlab: {
    head: (line, level) => `time="2026-01-02T${clock(line)}Z" level=${LEVELS[level].toLowerCase().replace('warn', 'warning')} `,
    templates: `I|msg="Uploaded {word} to gitaly" correlation_id={base64} bytes={int} duration_ms={small}
I|msg="access: finished" method=GET uri="{urlpath}" status={int} remote_ip={ip} duration_ms={int} written_bytes={int}
I|msg="Checking for jobs... received" job={int} repo_url="{url}" runner={base64}
I|msg="Job succeeded" duration_s={float} job={int} project={int} runner={base64}
W|msg="Checking for jobs... failed" runner={base64} status="502 Bad Gateway"
W|msg="Failed to process runner" builds={small} error="failed to update executor: missing Machine" executor=docker+machine max_builds={small} runner={base64}
E|msg="Job failed (system failure): prepare environment: waiting for pod running: timed out" duration_s={float} job={int} project={int} runner={base64}
E|msg="error: badgateway: failed to receive response" correlation_id={base64} method=GET uri="{urlpath}" error="dial unix {path}: connect: connection refused"
E|msg="transport: Error while dialing" address="{ip}:{port}" attempt={small}
I|msg="Starting multi-runner from {path}..." builds={small} max_builds={small}
I|msg="Configuration loaded" builds={small} max_builds={small}
I|msg="repository cloned" repo={path} duration={ms} objects={int}
E|msg="housekeeping of {path} failed" error="exit status {small}" storage=default`,
  },
  spring: {
    head: (line, level, { int, pick }) =>
      `2026-01-02 ${clock(line)}.${int(100, 999)} ${LEVELS[level].padStart(5)} ${int(1, 9)} --- [${pick(['           main', `nio-8080-exec-${int(1, 9)}`, 'scheduling-1   '])}] `,
    templates: `I|o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started on port(s): {port} (http) with context path '{urlpath}'
I|com.acme.shop.ShopApplication            : Started ShopApplication in {float} seconds (JVM running for {float})
I|com.acme.shop.order.OrderService         : Order {int} created for customer {email} with {small} items, total {float} EUR
I|com.acme.shop.order.OrderService         : Order {int} moved from PENDING to PAID
I|c.a.shop.payment.PaymentClient           : Payment {uuid} authorised in {ms}
W|c.a.shop.payment.PaymentClient           : Payment {uuid} is retried, attempt {small} of {small}: {cause}
E|c.a.shop.payment.PaymentClient           : Payment {uuid} failed after {small} attempts: {cause}
W|c.zaxxer.hikari.pool.PoolBase            : HikariPool-{small} - Failed to validate connection com.mysql.cj.jdbc.ConnectionImpl@{hex} (No operations allowed after connection closed.)
I|com.zaxxer.hikari.HikariDataSource       : HikariPool-{small} - Start completed.
W|com.zaxxer.hikari.pool.HikariPool        : HikariPool-{small} - Thread starvation or clock leap detected (housekeeper delta={ms}).
E|o.h.engine.jdbc.spi.SqlExceptionHelper   : HikariPool-{small} - Connection is not available, request timed out after {int}ms.
E|c.a.shop.mail.MailSender                 : Mail to {email} could not be sent: {cause}
I|c.a.shop.cache.PriceCache                : Loaded {int} prices from {path} in {int} ms
D|c.a.shop.cache.PriceCache                : Evicted {int} of {int} entries
W|c.a.shop.stock.StockController           : Article {sku} is low: {small} left in {word}
E|c.a.shop.stock.StockController           : Article {sku} not found in warehouse {word}
I|o.a.k.c.c.internals.SubscriptionState    : [Consumer clientId=consumer-{group}-{small}, groupId={group}] Resetting offset for partition {topic}-{small} to position FetchPosition{offset={int}, offsetEpoch=Optional.empty}.
I|c.a.shop.security.LoginService           : User {user} logged in from {ip}
W|c.a.shop.security.LoginService           : Login of {user} from {ip} refused: bad credentials
W|c.a.shop.security.LoginService           : Login of {user} from {ip} refused: account locked
I|c.a.shop.job.CleanupJob                  : Removed {int} carts older than {small} days
E|c.a.shop.job.ExportJob                   : Export of {path} failed at line {int}`,
  },
  etcdlike: {
    head: (line, level, { int }) => `${level}0102 ${clock(line)}.${int(100_000, 999_999)}       1 `,
    templates: `I|controller.go:{int}] Starting reconcile of {ns}/{podname}
I|kubelet.go:{int}] "SyncLoop ADD" source="api" pods=["{ns}/{podname}"]
I|kubelet_node_status.go:{int}] Successfully registered node {node}
I|reconciler.go:{int}] operationExecutor.MountVolume started for volume "{word}" (UniqueName: "kubernetes.io/secret/{uuid}-{word}") pod "{podname}" (UID: "{uuid}")
I|scope.go:{int}] "RemoveContainer" containerID="{hex64}"
W|reflector.go:{int}] {path}: watch of *v1.{cls} ended with: too old resource version: {int} ({int})
E|kubelet.go:{int}] "Error getting node" err="node \\"{node}\\" not found"
E|pod_workers.go:{int}] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{word}\\" with CrashLoopBackOff: \\"back-off {ms} restarting failed container={word} pod={podname}_{ns}({uuid})\\"" pod="{ns}/{podname}" podUID="{uuid}"
E|remote_runtime.go:{int}] "RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to setup network for sandbox \\"{hex64}\\": plugin type=\\"calico\\" failed (add): error getting ClusterInformation: connection is unauthorized"
E|leaderelection.go:{int}] error retrieving resource lock {ns}/{word}: Get "https://{ip}:{port}{urlpath}": dial tcp {ip}:{port}: connect: connection refused
I|leaderelection.go:{int}] successfully acquired lease {ns}/{word}
I|event.go:{int}] Event(v1.ObjectReference{Kind:"Pod", Namespace:"{ns}", Name:"{podname}", UID:"{uuid}"}): type: 'Normal' reason: 'Scheduled' Successfully assigned {ns}/{podname} to {node}
I|trace.go:{int}] Trace[{int}]: "List etcd3" key:{urlpath} (02-Jan-2026 03:04:05.678) (total time: {ms}):
E|controller.go:{int}] failed to update status of {ns}/{podname}: Operation cannot be fulfilled on deployments.apps "{word}": the object has been modified; please apply your changes to the latest version and try again
I|shared_informer.go:{int}] Caches are synced for {word}
W|manager.go:{int}] Failed to process watch event {EventType:0 Name:{urlpath}}: task {hex64} not found`,
  },
};
