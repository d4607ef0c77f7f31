declare module 'riskshare-engine' {
  export default function start(options: { wasmBinary: ArrayBuffer }): Promise<unknown>;
}
