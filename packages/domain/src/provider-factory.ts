import type { ChatProvider } from "./chat-provider.js";
import type { Secret } from "./secret.js";

/**
 * Makes providers of one type from configuration. Built-in providers and npm packages enter the registry by this same door.
 */
export interface ProviderFactory<Config = unknown> {
  /** The `type` in the configuration: "openai", "guide". */
  readonly type: string;
  /** Validates the provider's own table of the configuration (any Standard Schema library: zod, valibot, arktype). Judges at once: no promise. */
  readonly configSchema: StandardSchemaV1<unknown, Config>;
  /**
   * Makes one provider, at once: no promise. Does no I/O: a wrong key or a dead server shows when it is used.
   *
   * @throws what says that these settings do not go together; it is told with the place of the provider's table.
   */
  create(config: Config, dependencies: ProviderDependencies): ChatProvider;
}

/** What a factory may ask its surroundings for. */
export interface ProviderDependencies {
  /** The provider's key in the configuration; becomes its `name`. */
  readonly name: string;
  /** Another configured provider, for factories that combine providers. Throws when there is none of that name, or when it would contain itself. */
  provider(name: string): ChatProvider;
  /** The secret behind a reference such as `env:OPENAI_API_KEY`. Throws when it cannot be read. */
  secret(reference: string): Secret;
}

/** The Standard Schema interface, version 1 (https://standardschema.dev), as far as it is needed here. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
