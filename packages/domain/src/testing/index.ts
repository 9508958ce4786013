export type * from "./scripted-answer.js";
