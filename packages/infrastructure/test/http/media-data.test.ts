import { expect, test } from "vitest";
import { essenceOf, inlineDataOf } from "../../src/http/media-data.js";

test.each([
  ["data:image/png;base64,iVBO", { mediaType: "image/png", base64: "iVBO" }],
  ["DATA:Image/PNG;charset=x;Base64,iVBO", { mediaType: "image/png", base64: "iVBO" }],
  ["data:;base64,", { mediaType: "", base64: "" }],
  ["data:text/plain;base64,YSxiO2Jhc2U2NCxj,YQ==", { mediaType: "text/plain", base64: "YSxiO2Jhc2U2NCxj,YQ==" }],
  ["data:text/plain,a;base64,YQ==", undefined],
  ["https://example.com/data:image/png;base64,iVBO", undefined],
  ["", undefined],
])("%s", (url, data) => {
  expect(inlineDataOf(url)).toEqual(data);
});

test("a media type is its essence, in lower case", () => {
  expect([" Text/Plain ; charset=utf-8", "", "image/png"].map(essenceOf)).toEqual(["text/plain", "", "image/png"]);
});
