import { expect, test } from "@playwright/test";

test("the server says when it is ready", async ({ request }) => {
  const answer = await request.get("/healthz");
  expect(answer.status()).toBe(200);
});
