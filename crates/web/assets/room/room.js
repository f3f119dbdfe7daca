// The video room. The page itself works without this file but for the picture: cart, messages, hang up and "call me" are plain forms.
import { connect } from "./connection.js";
import { say, test, wanted, open, trouble } from "./devices.js";
import { tryRelay } from "./relay.js";

const find = (selector) => document.querySelector(selector);
const room = find("[data-room]");

if (room?.dataset.room === "test") test();
if (room?.dataset.room === "talk") talk(room);
find("[data-try-relay]")?.addEventListener("click", (event) => tryRelay(event.currentTarget));

async function talk(room) {
  const [mine, theirs] = [find("#mine"), find("#theirs")];
  const state = (name) => {
    room.dataset.state = name;
    find("#room-says").textContent = say(name);
  };
  const { stream, error } = await open(wanted());
  if (error) trouble(error);
  mine.srcObject = stream;
  const line = connect({
    place: room.dataset.place,
    isAgent: room.dataset.side === "agent",
    stream,
    onState: state,
    onPicture: (picture) => (theirs.srcObject = picture),
    onTheirs: ({ camera, mic }) => {
      room.toggleAttribute("data-their-camera-off", !camera);
      find("#theirs-says").textContent = [camera ? "" : say("their-camera-off"), mic ? "" : say("their-mic-off")].filter(Boolean).join(" · ");
    },
    onOver: (name) => {
      state(name);
      for (const track of stream.getTracks()) track.stop();
      if (name === "over") location.assign(room.dataset.after);
    },
  });

  const switches = { mic: { button: find('[data-does="mic"]'), tracks: () => stream.getAudioTracks() }, camera: { button: find('[data-does="camera"]'), tracks: () => stream.getVideoTracks() } };
  const isOn = (name) => switches[name].tracks().some((track) => track.enabled);
  const show = () => {
    for (const name of Object.keys(switches)) {
      const { button, tracks } = switches[name];
      button.setAttribute("aria-pressed", String(isOn(name)));
      button.disabled = tracks().length === 0;
    }
    room.toggleAttribute("data-camera-off", !isOn("camera"));
    line.mine({ camera: isOn("camera"), mic: isOn("mic") });
  };
  for (const name of Object.keys(switches)) {
    switches[name].button.addEventListener("click", () => {
      for (const track of switches[name].tracks()) track.enabled = !track.enabled;
      show();
    });
  }
  show();

  const keys = { KeyM: '[data-does="mic"]', KeyV: '[data-does="camera"]', KeyH: "#hang-up" };
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !keys[event.code]) return;
    event.preventDefault();
    find(keys[event.code]).click();
  });
}

// What was written is sent: the field is empty again, and the next words are another message.
document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  const form = sourceElement.closest?.("[data-room-says]");
  if (!form || response?.status !== 200) return;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.value = "";
  if (form.elements.key) form.elements.key.value = crypto.getRandomValues(new Uint32Array(4)).join("");
});
// The last words are in view, unless the reader has scrolled back.
let end = true;
document.addEventListener("scroll", (event) => event.target.id === "room-talk" && (end = event.target.scrollTop + event.target.clientHeight > event.target.scrollHeight - 40), true);
document.addEventListener("htmx:after:swap", () => {
  const list = find("#room-talk");
  if (list && end) list.scrollTop = list.scrollHeight;
});
