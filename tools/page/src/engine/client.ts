// The page's end of the line to the worker.
import MakeWorker from './worker?worker&inline';
import type { Answer, Ask, CellOfRow, CommandDescribed, Reading, SheetShape, ShownFigure, Trace } from './types';

export type Rows = { rows: [number, CellOfRow[]][]; refused?: string };
export type Sheets = { sheets: SheetShape[]; refused?: string };
/** By cell: its state, and what it was read as or why it was left. */
export type States = Record<string, [string, string]>;

interface Waiting {
  done: (value: unknown) => void;
  failed: (why: Error) => void;
}

export class Engine {
  private worker: Worker | null = null;
  private waiting = new Map<number, Waiting>();
  private last = 0;
  private kept = new Map<string, Uint8Array>();

  /** Starts the library. Throws in words where the browser cannot run it. */
  async start(): Promise<void> {
    if (typeof WebAssembly === 'undefined')
      throw new Error('WebAssembly is switched off in this browser, and riskshare needs it. Some organisations switch it off to harden browsers. Ask your IT service to allow WebAssembly for this file, or open it in another browser.');
    if (typeof DecompressionStream === 'undefined')
      throw new Error('This browser is too old for riskshare. It works in Edge and Chrome from version 95 and in Firefox from version 113.');
    const worker = new MakeWorker();
    worker.onmessage = (event: MessageEvent<{ id: number; value?: unknown; error?: string }>) => {
      const { id, value, error } = event.data;
      const one = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) one?.done(value);
      else one?.failed(new Error(error));
    };
    worker.onerror = (event) => {
      this.waiting.forEach((one) => one.failed(new Error(event.message || 'the worker stopped')));
      this.waiting.clear();
    };
    this.worker = worker;
    const zipped = engineBytes();
    await this.ask({ do: 'start', zipped }, [zipped]);
    for (const [name, bytes] of this.kept) await this.ask({ do: 'keep', name, bytes });
  }

  /** Ends what the library is doing and starts it anew with the same files. */
  async restart(): Promise<void> {
    this.worker?.terminate();
    this.waiting.forEach((one) => one.failed(new Error('stopped')));
    this.waiting.clear();
    await this.start();
  }

  keep(name: string, bytes: Uint8Array): Promise<void> {
    this.kept.set(name, bytes);
    return this.ask({ do: 'keep', name, bytes }) as Promise<void>;
  }
  drop(name: string): Promise<void> {
    this.kept.delete(name);
    return this.ask({ do: 'drop', name }) as Promise<void>;
  }
  answer(command: string, files: string[], options: object, faces: { text?: boolean; json?: boolean } = {}): Promise<Answer> {
    return this.ask({ do: 'answer', request: { command, files, options, text: true, json: true, ...faces } }) as Promise<Answer>;
  }
  commands(): Promise<CommandDescribed[]> {
    return this.ask({ do: 'commands' }) as Promise<CommandDescribed[]>;
  }
  read(file: string, options: object): Promise<Reading> {
    return this.ask({ do: 'read', file, options }) as Promise<Reading>;
  }
  sheets(file: string): Promise<Sheets> {
    return this.ask({ do: 'sheets', file }) as Promise<Sheets>;
  }
  rows(file: string, sheet: string, first: number, last: number): Promise<Rows> {
    return this.ask({ do: 'rows', file, sheet, first, last }) as Promise<Rows>;
  }
  trace(figure: ShownFigure): Promise<Trace> {
    return this.ask({ do: 'trace', figure }) as Promise<Trace>;
  }
  states(file: string, sheet: string, first: number, last: number): Promise<States> {
    return this.ask({ do: 'states', file, sheet, first, last }) as Promise<States>;
  }

  private ask(ask: Ask, moved: Transferable[] = []): Promise<unknown> {
    const told = new Promise((done, failed) => {
      const id = ++this.last;
      this.waiting.set(id, { done, failed });
      this.worker?.postMessage({ id, ask }, moved);
    });
    told.catch(() => {}); // who asked may be gone when the library is stopped
    return told;
  }
}

/** The library as it stands in the page: zipped, in base64. */
function engineBytes(): ArrayBuffer {
  const text = atob(document.getElementById('engine')?.textContent ?? '');
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
