import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./demo";

/** Everybody's password on the SIP server. */
const PASSWORD = "una línea segura";
const MODULES = ["sl", "tm", "rr", "pv", "textops", "siputils", "maxfwd", "usrloc", "registrar", "auth", "nathelper", "kex", "xhttp", "websocket"];

/** Whether a SIP server and a SIP telephone are on this machine. */
export const hasSip = () => ["kamailio", "baresip"].every((program) => spawnSync(program, ["-h"]).error === undefined);

/** A SIP server of our own (Kamailio): browsers register over a WebSocket, telephones ring them over UDP. */
export interface SipServer {
  /** Where browsers register. */
  url: string;
  password: string;
  /** The address of somebody. */
  address: (name: string) => string;
  /** Ring somebody as the provider does, with a telephone (baresip) that hums 440 Hz. */
  ring: (name: string) => Caller;
  stop: () => void;
}

/** A telephone that rings. */
export interface Caller {
  /** What it has said so far, and how its call ended. */
  said: () => string;
  stop: () => void;
}

/** Start one on ports of its own. */
export async function sipServer(): Promise<SipServer> {
  const folder = mkdtempSync(join(tmpdir(), "hilo-sip-"));
  const [udp, tcp] = [await freePort(), await freePort()];
  writeFileSync(join(folder, "kamailio.cfg"), config(udp, tcp));
  const server = spawn("kamailio", ["-DD", "-E", "-f", join(folder, "kamailio.cfg"), "-w", folder, "-P", join(folder, "pid"), "-m", "32", "-M", "4"], { stdio: "ignore" });
  await answers(tcp, server);
  const callers: Caller[] = [];
  return {
    url: `ws://127.0.0.1:${tcp}`,
    password: PASSWORD,
    address: (name) => `sip:${name}@127.0.0.1:${udp}`,
    ring: (name) => {
      const caller = ring(folder, udp, name);
      callers.push(caller);
      return caller;
    },
    stop: () => {
      callers.forEach((caller) => caller.stop());
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ring(folder: string, udp: number, name: string): Caller {
  const own = mkdtempSync(join(folder, "caller-"));
  const modules = ["module opus.so", "module ausine.so", "module ice.so", "module dtls_srtp.so", "module_app menu.so", "module_app account.so"];
  const sound = ["audio_source ausine,440", "audio_alert ausine,0", "rtcp_mux yes"];
  writeFileSync(join(own, "config"), ["module_path /usr/lib/baresip/modules", "sip_listen 127.0.0.1:0", ...modules, ...sound, ""].join("\n"));
  writeFileSync(join(own, "accounts"), `<sip:centralita@127.0.0.1:${udp};transport=udp>;regint=0;mediaenc=dtls_srtp;medianat=ice;audio_codecs=opus/48000/2\n`);
  writeFileSync(join(own, "contacts"), "");
  const phone = spawn("baresip", ["-f", own, "-e", `/dial sip:${name}@127.0.0.1:${udp}`], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [phone.stdout, phone.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
  return { said: () => said, stop: () => void phone.kill("SIGKILL") };
}

/** When it takes connections. */
async function answers(port: number, server: ChildProcess): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const isOpen = await new Promise<boolean>((done) => {
      const socket = createConnection({ host: "127.0.0.1", port });
      socket.once("connect", () => (socket.destroy(), done(true)));
      socket.once("error", () => setTimeout(() => done(false), 50));
    });
    if (isOpen) return;
    if (server.exitCode !== null) break;
  }
  throw new Error("the SIP server did not start");
}

/** What a brand's SIP server does for a softphone: registers by password, finds the WebSocket of whoever is rung, passes on the rest. */
const config = (udp: number, tcp: number) => `#!KAMAILIO
debug=0
log_stderror=yes
children=1
tcp_children=2
tcp_accept_no_cl=yes
listen=udp:127.0.0.1:${udp}
listen=tcp:127.0.0.1:${tcp}
${MODULES.map((name) => `loadmodule "${name}.so"`).join("\n")}
modparam("usrloc", "db_mode", 0)
modparam("nathelper|registrar", "received_avp", "$avp(RECEIVED)")

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (proto == WS) {
    force_rport();
    if (is_method("REGISTER")) fix_nated_register(); else add_contact_alias();
  }
  if (has_totag()) {
    if (loose_route()) { if (!isdsturiset()) handle_ruri_alias(); t_relay(); exit; }
    if (is_method("ACK") && t_check_trans()) t_relay();
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("$td", "${PASSWORD}", "0")) { www_challenge("$td", "1"); exit; }
    save("location", "0x04");
    exit;
  }
  record_route();
  if (!lookup("location")) { sl_send_reply("480", "Nobody there"); exit; }
  t_on_reply("ANSWER");
  t_relay();
}
onreply_route[ANSWER] { if (proto == WS) add_contact_alias(); }
event_route[xhttp:request] {
  if ($hdr(Upgrade) =~ "websocket" && $rm =~ "GET") { ws_handle_handshake(); exit; }
  xhttp_reply("404", "Not Found", "", "");
}
`;
