// "Try the relay", in the studio: does the saved relay give this browser a way?
const PATIENCE = 10_000;

export async function tryRelay(button) {
  const says = document.querySelector("[data-relay-says]");
  const tell = (name) => ((says.textContent = says.dataset[name]), (says.dataset.result = name));
  tell("running");
  const answer = await fetch(button.dataset.tryRelay);
  const ice = await answer.json();
  if (!ice.iceServers.some(({ username }) => username)) return tell("none");
  const peer = new RTCPeerConnection({ ...ice, iceTransportPolicy: "relay" });
  const works = new Promise((found) => {
    peer.onicecandidate = ({ candidate }) => candidate?.type === "relay" && found(true);
    peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && found(false);
    setTimeout(() => found(false), PATIENCE);
  });
  peer.createDataChannel("try");
  await peer.setLocalDescription();
  tell((await works) ? "works" : "fails");
  peer.close();
}
