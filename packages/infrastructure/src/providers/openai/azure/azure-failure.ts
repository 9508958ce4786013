import { isChatException } from "@chatport/domain";
import { chatExceptionOf } from "../../../http/chat-exception-of.js";
import { printable } from "../../../http/printable.js";

/**
 * Better words for what Azure says of a deployment that is not there ("The API deployment for this resource does not exist"), with the name that was asked for,
 * and for a path that it does not know ("Resource not found"). Any other error as it is.
 */
export function explainAzureFailure(error: unknown, model: string | undefined): unknown {
  if (!isChatException(error) || error.code !== "not-found") return error;
  const { code, message, name: _name, ...details } = error;
  if (error.providerCode === "DeploymentNotFound") {
    const name = printable(model ?? "", longestName);
    const advice = "model is the name that the deployment was given, not that of the model behind it";
    return chatExceptionOf(code, `There is no deployment "${name}" at this endpoint; ${advice}. ${message}`, details);
  }
  if (error.providerCode !== "404") return error;
  return chatExceptionOf(code, `The endpoint has no such path: check endpoint, apiVersion and api. ${message}`, details);
}

const longestName = 100;
