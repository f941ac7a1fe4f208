/** The real program on a port of its own with a folder of its own, to be killed and started again. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = process.env["TINGTING_BIN"] ?? here("../../target/debug/tingting");
const START_MS_MAX = 30_000;

export class Server {
  address = "";
  #process: ChildProcess | null = null;
  readonly #data = mkdtempSync(join(tmpdir(), "tingting-e2e-"));
  readonly #library: string;
  readonly #more: readonly string[];

  /** `more` are further arguments of the program. */
  constructor(library = here("library"), more: readonly string[] = []) {
    this.#library = library;
    this.#more = more;
  }

  async start(): Promise<void> {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: cargo build -p tingting`);
    // Once it had a port it keeps it: a page that is open finds it again there.
    const listen = this.address ? new URL(this.address).host : "127.0.0.1:0";
    const args = [
      "serve",
      "--listen",
      listen,
      "--data",
      this.#data,
      "--library",
      this.#library,
      ...this.#more,
    ];
    const child = spawn(PROGRAM, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TINGTING_LOG: "warn" },
    });
    this.#process = child;
    this.address = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the program did not start")), START_MS_MAX);
      child.stdout?.once("data", (line: Buffer) => {
        clearTimeout(late);
        resolve(String(line).split("\n")[0]?.trim() ?? "");
      });
      child.once("exit", (code) => reject(new Error(`the program ended with ${code}`)));
    });
  }

  /** Does an errand of the operator: `admin grant …`. */
  async operate(...errand: readonly string[]): Promise<void> {
    await promisify(execFile)(PROGRAM, [...errand, "--data", this.#data]);
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGKILL");
    await ended;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
