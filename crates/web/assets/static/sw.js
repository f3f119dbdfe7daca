// Notices that arrive while no page is open; a tap opens the chat.
self.addEventListener("push", (event) => {
  const notice = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(notice.title ?? "", { body: notice.body, tag: notice.tag, icon: "/favicon.ico" }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const chat = pages.find((page) => new URL(page.url).pathname === "/chat");
    await (chat ? chat.focus() : self.clients.openWindow("/chat"));
  };
  event.waitUntil(open());
});
