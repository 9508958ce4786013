import { expect, test } from "vitest";
import { essenceOf, inlineDataOf, mediaDataOf } from "../../src/http/media-data.js";

test.each([
  ["data:image/png;base64,iVBO", { mediaType: "image/png", base64: "iVBO" }],
  ["DATA:Image/PNG;charset=x;Base64,iVBO", { mediaType: "image/png", base64: "iVBO" }],
  ["data:image/png;base64,iVBO%2Bw%3d%3D", { mediaType: "image/png", base64: "iVBO+w==" }],
  ["data:;base64,", { mediaType: "", base64: "" }],
  ["data:text/plain;base64,YSxiO2Jhc2U2NCxj,YQ==", { mediaType: "text/plain", base64: "YSxiO2Jhc2U2NCxj,YQ==" }],
  ["data:text/plain,a;base64,YQ==", { mediaType: "text/plain", base64: btoa("a;base64,YQ==") }],
  ["data:image/svg+xml,%3Csvg%20a='1%25'/>", { mediaType: "image/svg+xml", base64: btoa("<svg a='1%'/>") }],
  ["data:,k\u212A%41%zz\u{1F30D}", { mediaType: "", base64: btoa("k\u00E2\u0084\u00AAA%zz\u00F0\u009F\u008C\u008D") }],
  ["data:,%FFé%", { mediaType: "", base64: btoa("\u00FF\u00C3\u00A9%") }],
  ["https://example.com/data:image/png;base64,iVBO", undefined],
  ["", undefined],
])("%s", (url, data) => {
  expect(inlineDataOf(url)).toEqual(data);
});

test.each([
  ["bytes", { mediaType: "image/png", source: { base64: "iVBO" } }, { mediaType: "image/png", base64: "iVBO" }],
  [
    "an address",
    { mediaType: "image/png", source: { url: "https://a.example/x" } },
    { mediaType: "image/png", url: "https://a.example/x" },
  ],
  ["bytes in a URL", { mediaType: "image/png", source: { url: "data:image/gif;base64,R0" } }, { mediaType: "image/gif", base64: "R0" }],
  ["bytes without a type", { mediaType: "image/png", source: { url: "data:;base64,R0" } }, { mediaType: "image/png", base64: "R0" }],
])("a part holds %s", (_what, part, data) => {
  expect(mediaDataOf(part, "p", "here")).toEqual(data);
});

test.each([{ base64: "" }, { url: "" }, { url: "data:image/png;base64," }, { url: "data:image/png," }])("%j is nothing", (source) => {
  expect(() => mediaDataOf({ mediaType: "image/png", source }, "p", "messages[0].content[1]")).toThrow(
    expect.objectContaining({ code: "invalid-request", message: expect.stringContaining("messages[0].content[1] is empty") }),
  );
});

test("a media type is its essence, in lower case", () => {
  expect([" Text/Plain ; charset=utf-8", "", "image/png"].map(essenceOf)).toEqual(["text/plain", "", "image/png"]);
});
