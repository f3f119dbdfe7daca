// Camera, microphone and loudspeaker: which, whether they work, and in plain words what to do when they do not.
const KEPT = "hilo-room-devices";
const find = (selector) => document.querySelector(selector);

/** A word of the page, in the reader's language. */
export function say(word) {
  return find("template[data-words]")?.content.querySelector(`[data-word="${word}"]`)?.textContent ?? "";
}

/** What was chosen on the page of the test. */
export function wanted() {
  try {
    return { video: true, audio: true, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { video: true, audio: true };
  }
}

/** Remember a choice. */
export function keep(change) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...wanted(), ...change }));
  } catch {
    // A forbidden storage costs only the memory.
  }
}

/** As much of camera and microphone as there is; what is missing is told. A device that was unplugged is replaced by another. */
export async function open({ video, audio, camera, mic }) {
  if (!navigator.mediaDevices?.getUserMedia) return { stream: new MediaStream(), error: "insecure" };
  const ask = {
    video: video && { width: { ideal: 1280 }, height: { ideal: 720 }, ...(camera && { deviceId: { ideal: camera } }) },
    audio: audio && { echoCancellation: true, noiseSuppression: true, ...(mic && { deviceId: { ideal: mic } }) },
  };
  if (!ask.video && !ask.audio) return { stream: new MediaStream(), error: null };
  let error = null;
  for (const constraints of [ask, { ...ask, video: false }, { ...ask, audio: false }]) {
    if (!constraints.video && !constraints.audio) continue;
    try {
      return { stream: await navigator.mediaDevices.getUserMedia(constraints), error };
    } catch (failed) {
      error ??= { NotAllowedError: "refused", SecurityError: "refused", NotReadableError: "in-use", AbortError: "in-use" }[failed.name] ?? "no-device";
    }
  }
  return { stream: new MediaStream(), error };
}

/** Offer the devices that there are; those of the stream are chosen. */
export async function list(stream) {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  for (const select of document.querySelectorAll("[data-device]")) {
    const kind = select.dataset.device;
    const chosen = kind === "videoinput" ? stream.getVideoTracks()[0] : stream.getAudioTracks()[0];
    const now = chosen?.getSettings().deviceId;
    const options = devices.filter((device) => device.kind === kind).map((device, at) => new Option(device.label || `${say("default-device")} ${at + 1}`, device.deviceId, false, device.deviceId === now));
    select.replaceChildren(...(options.length ? options : [new Option("—", "")]));
    select.disabled = options.length === 0;
  }
}

/** Say what is wrong, or nothing. */
export function trouble(word) {
  const place = find("[data-trouble]");
  if (!place) return;
  place.hidden = !word;
  place.textContent = word ? say(word) : "";
}

/** The page that tries everything before anybody sees anything. */
export function test() {
  const video = find("#mine");
  let stream = new MediaStream();
  let stopMeter = () => {};

  async function begin() {
    for (const track of stream.getTracks()) track.stop();
    stopMeter();
    const found = await open(wanted());
    stream = found.stream;
    trouble(found.error);
    video.srcObject = stream;
    const picture = stream.getVideoTracks().length > 0;
    find("[data-no-picture]").hidden = picture;
    video.hidden = !picture;
    stopMeter = meter(stream);
    await list(stream);
  }

  find("#camera").addEventListener("change", (event) => (keep({ camera: event.target.value }), begin()));
  find("#mic").addEventListener("change", (event) => (keep({ mic: event.target.value }), begin()));
  find('[data-does="again"]').addEventListener("click", begin);
  find('[data-does="sound"]').addEventListener("click", chime);
  for (const box of document.querySelectorAll("[data-with]")) {
    box.checked = wanted()[box.dataset.with];
    box.addEventListener("change", () => (keep({ [box.dataset.with]: box.checked }), begin()));
  }
  navigator.mediaDevices?.addEventListener?.("devicechange", () => list(stream));
  begin();
}

/** Show how loud the microphone is; answers what stops it. */
function meter(stream) {
  const [bar, heard] = [find("#level"), find("[data-heard]")];
  if (!stream.getAudioTracks().length) return () => (bar.value = 0);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const level = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
    bar.value = Math.min(1, level * 4);
    if (level > 0.01 && heard.textContent !== say("mic-heard")) heard.textContent = say("mic-heard");
  }, 100);
  return () => {
    clearInterval(timer);
    context.close();
  };
}

/** Two soft tones. */
function chime() {
  const context = new AudioContext();
  [523, 659].forEach((pitch, at) => {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.value = 0.15;
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + at * 0.35);
    tone.stop(context.currentTime + at * 0.35 + 0.3);
  });
  setTimeout(() => context.close(), 1200);
}
