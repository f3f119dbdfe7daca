// From browser to browser. The agent's page offers, the customer's answers; what they say to find each other goes by the server's line.
// A meeting has a number: what is left over from an earlier one is not listened to.

/** Keep a connection for as long as the page is open. `onState` is told: waiting, connecting, talking, alone, shaky. */
export function connect({ place, isAgent, stream, onState, onPicture, onTheirs, onOver }) {
  const page = crypto.getRandomValues(new Uint32Array(4)).join("");
  const source = new EventSource(`${place}/line?page=${page}`);
  let peer = null;
  let ice = {};
  let turn = 0;
  let other = "";
  let own = { camera: true, mic: true };
  let early = [];

  // One thing after another, in the order in which it was heard.
  let queue = Promise.resolve();
  source.onmessage = ({ data }) => {
    queue = queue.then(() => hear(JSON.parse(data))).catch((error) => console.warn("room", error));
  };

  async function hear(message) {
    switch (message.type) {
      case "met":
        return meet(message);
      case "alone":
        return onState("alone");
      case "elsewhere":
      case "over":
        source.close();
        peer?.close();
        return onOver(message.type);
    }
    if (message.turn !== turn) return;
    switch (message.type) {
      case "offer":
        return answer(message);
      case "answer":
        await peer.setRemoteDescription(message.description);
        return known();
      case "candidate":
        if (!peer?.remoteDescription) early.push(message.candidate);
        else await peer.addIceCandidate(message.candidate);
        return;
      case "state":
        return onTheirs(message);
      case "again":
        return isAgent && offer({ iceRestart: true });
    }
  }

  /** Both are here. A line that was lost for a moment does not end the picture. */
  async function meet(message) {
    const goesOn = message.other === other && ["connecting", "connected"].includes(peer?.connectionState);
    ({ turn, other, ice } = message);
    tell({ type: "state", ...own });
    if (goesOn) return onState(peer.connectionState === "connected" ? "talking" : "connecting");
    onState("connecting");
    if (!isAgent) return;
    begin();
    for (const kind of ["audio", "video"]) peer.addTransceiver(kind, { direction: "sendrecv" });
    await give();
    await offer({});
  }

  function begin() {
    peer?.close();
    early = [];
    const fresh = new RTCPeerConnection(ice);
    peer = fresh;
    const picture = new MediaStream();
    fresh.ontrack = ({ track }) => {
      picture.addTrack(track);
      onPicture(picture);
    };
    fresh.onicecandidate = ({ candidate }) => candidate && fresh === peer && tell({ type: "candidate", candidate });
    fresh.onconnectionstatechange = () => {
      if (fresh !== peer) return;
      if (fresh.connectionState === "connected") onState("talking");
      if (fresh.connectionState === "disconnected") onState("shaky");
      if (fresh.connectionState === "failed") {
        onState("shaky");
        if (isAgent) offer({ iceRestart: true });
        else tell({ type: "again" });
      }
    };
  }

  /** Every kind has its way from the start, so that what is switched on later needs no new agreement. */
  async function give() {
    for (const way of peer.getTransceivers()) {
      way.direction = "sendrecv";
      const track = stream.getTracks().find((track) => track.kind === way.receiver.track.kind) ?? null;
      await way.sender.replaceTrack(track);
    }
  }

  async function offer(options) {
    await peer.setLocalDescription(await peer.createOffer(options));
    tell({ type: "offer", again: Boolean(options.iceRestart), description: peer.localDescription });
  }

  async function answer({ again, description }) {
    if (!again || !peer) begin();
    await peer.setRemoteDescription(description);
    await give();
    await peer.setLocalDescription(await peer.createAnswer());
    tell({ type: "answer", description: peer.localDescription });
    await known();
  }

  async function known() {
    for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
  }

  function tell(message) {
    const token = document.querySelector('meta[name="csrf"]').content;
    const body = JSON.stringify({ ...message, turn });
    fetch(`${place}/signals`, { method: "POST", headers: { "Content-Type": "text/plain", "X-Csrf-Token": token }, body }).catch(() => {});
  }

  return {
    /** What is switched on here, for the other's page to say. */
    mine(state) {
      own = state;
      if (turn) tell({ type: "state", ...own });
    },
  };
}
