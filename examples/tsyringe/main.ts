// tsyringe refuses to load without it.
import "reflect-metadata";
import { compose, tokens } from "@chatport/infrastructure";
import { loadConfiguration } from "@chatport/infrastructure/config";
import { container, type InjectionToken, instanceCachingFactory } from "tsyringe";
import { Summarizer } from "./summarizer.ts";

// The composition root: the one file that knows the container. Tokens are typed, and factories take the place of decorators, so that no class learns of tsyringe.
const summarizerToken: InjectionToken<Summarizer> = Symbol("Summarizer");

await using chat = compose(await loadConfiguration());
const app = container.createChildContainer();
app.register(tokens.ChatProvider, { useValue: chat.provider });
app.register(summarizerToken, { useFactory: instanceCachingFactory((from) => new Summarizer(from.resolve(tokens.ChatProvider))) });

const summarizer = app.resolve<Summarizer>(summarizerToken);
console.log(`${chat.description}: ${await summarizer.summarize(process.argv[2] ?? "What is a ChatProvider?")}`);
