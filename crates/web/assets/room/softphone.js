// The agent's telephone in a window of its own: registered with the brand's SIP server as long as it is open. What was taken at the desk is
// answered by itself; whoever rings the address otherwise, by hand.
import JsSIP from "jssip";
import { keep, list, open, say, trouble, wanted } from "./devices.js";

const find = (selector) => document.querySelector(selector);
const box = find("[data-softphone]");
const title = document.title;
const buttons = Object.fromEntries(["answer", "mute", "hang-up"].map((name) => [name, find(`[data-does="${name}"]`)]));

let phone = null;
let ice = {};
let session = null;
let stream = null;
let began = 0;

// One browser holds one line: a second window says so instead of taking it away.
if (box && !navigator.locks) state("insecure");
else if (box) navigator.locks.request("hilo-softphone", { ifAvailable: true }, (lock) => (lock ? run() : state("elsewhere")));

async function run() {
  const { error } = await microphone();
  release();
  if (error) trouble(error);
  find("#mic").addEventListener("change", (event) => changeMicrophone(event.target.value));
  const answer = await fetch("/desk/softphone/line").catch(() => null);
  if (!answer?.ok) return state("gone");
  const line = await answer.json();
  ice = line.ice;
  phone = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(line.url)], uri: line.address, password: line.password, session_timers: false, user_agent: "Hilo" });
  phone.on("registered", () => session || state("ready"));
  phone.on("registrationFailed", ({ response }) => session || state(response ? "refused-line" : "lost"));
  phone.on("disconnected", () => session || state("lost"));
  phone.on("newRTCSession", (event) => ring(event.session));
  phone.start();
  addEventListener("pagehide", () => phone.stop());
  addEventListener("beforeunload", (event) => session && event.preventDefault());
  return new Promise(() => {});
}

async function ring(fresh) {
  if (session) return fresh.terminate({ status_code: 486 });
  session = fresh;
  fresh.on("peerconnection", ({ peerconnection }) => {
    peerconnection.addEventListener("track", ({ track, streams }) => (find("#theirs").srcObject = streams[0] ?? new MediaStream([track])));
  });
  fresh.on("confirmed", () => {
    began = Date.now();
    state("talking");
  });
  for (const end of ["ended", "failed"]) fresh.on(end, over);
  const told = await fetch("/desk/softphone/call").catch(() => null);
  const call = told?.status === 200 ? await told.json() : null;
  if (session !== fresh) return;
  const { display_name: name, uri } = fresh.remote_identity;
  show(call ?? { name: name || uri.user, number: "", about: "" });
  if (call) return pickUp();
  state("ringing");
}

async function pickUp() {
  const fresh = session;
  state("answering");
  const { error } = await microphone();
  if (session !== fresh) return release();
  if (error) {
    trouble(error);
    return state("ringing");
  }
  trouble("");
  fresh.answer({ mediaStream: stream, pcConfig: ice });
}

function over() {
  session = null;
  began = 0;
  release();
  find("#theirs").srcObject = null;
  show({ name: "", number: "", about: "" });
  state(phone.isRegistered() ? "ready" : "lost");
}

/** What the page shows is always a function of the state. */
function state(name) {
  box.dataset.state = name;
  find("#softphone-says").textContent = say(name);
  const talks = name === "talking";
  const shown = { answer: name === "ringing", mute: talks, "hang-up": ["ringing", "answering", "talking"].includes(name) };
  for (const [does, button] of Object.entries(buttons)) button.hidden = !shown[does];
  find(".softphone-keys").hidden = !talks;
  mute(false);
  document.title = session ? `☎ ${find("[data-name]").textContent}` : title;
  if (name === "ringing") buttons.answer.focus();
  tick();
}

function show(call) {
  for (const part of ["name", "number", "about"]) find(`[data-${part}]`).textContent = call[part];
}

function mute(off) {
  for (const track of stream?.getAudioTracks() ?? []) track.enabled = !off;
  buttons.mute.setAttribute("aria-pressed", String(off));
}

async function microphone() {
  const found = await open({ audio: true, video: false, mic: wanted().mic });
  release();
  stream = found.stream;
  await list(stream);
  return found;
}

/** The lamp of the microphone is on only while somebody talks. */
function release() {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

async function changeMicrophone(mic) {
  keep({ mic });
  if (box.dataset.state !== "talking") return;
  const isMuted = buttons.mute.getAttribute("aria-pressed") === "true";
  const { error } = await microphone();
  if (error) return trouble(error);
  mute(isMuted);
  const [track] = stream.getAudioTracks();
  for (const sender of session?.connection.getSenders() ?? []) if (sender.track?.kind === "audio") await sender.replaceTrack(track);
}

function tick() {
  const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
  find("[data-since]").textContent = began ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
}
if (box) setInterval(tick, 1000);

buttons.answer?.addEventListener("click", pickUp);
buttons.mute?.addEventListener("click", () => mute(buttons.mute.getAttribute("aria-pressed") !== "true"));
buttons["hang-up"]?.addEventListener("click", () => session?.terminate());
for (const key of document.querySelectorAll("[data-key]")) key.addEventListener("click", () => session?.sendDTMF(key.dataset.key, { transportType: "RFC2833" }));

const keys = { KeyM: buttons.mute, KeyH: buttons["hang-up"] };
document.addEventListener("keydown", (event) => {
  const button = keys[event.code];
  if (!event.altKey || event.ctrlKey || event.metaKey || !button || button.hidden) return;
  event.preventDefault();
  button.click();
});
