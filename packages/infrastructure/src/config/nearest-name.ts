export { nearestName } from "../names/nearest-name.js";
