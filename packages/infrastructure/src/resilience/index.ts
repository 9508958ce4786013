export { type RetryOptions, withRetry } from "./with-retry.js";
