/** A person of a household; keys as in the file that `bhyt template quote` writes. */
export interface Member {
  /** Card code, id or name of the group. */
  group?: string;
  name?: string;
  /** `2026-08-01` or `01/08/2026`. */
  born?: string;
  /** Salary, pension or benefit a month, in đồng. */
  salary?: number | string;
  /** Circumstances, with `=DATE` where they have one. */
  tags?: string[];
  [key: string]: unknown;
}
export interface Household {
  "paid-on"?: string;
  months?: number;
  already?: number;
  province?: string;
  members: Member[];
  [key: string]: unknown;
}
/** A visit; keys as in the file that `bhyt template claim` writes. */
export interface Visit {
  group?: string;
  admitted?: string;
  discharged: string;
  "visit-code"?: string;
  route?: string;
  setting?: string;
  "hospital-cost"?: number | string;
  "covered-cost"?: number | string;
  [key: string]: unknown;
}
export interface Notice {
  code: string;
  message: string;
  hint?: string;
}
/** The envelope of every answer; readers ignore keys that they do not know. */
export interface Answer {
  schema: string;
  status: "ok" | "error";
  tool: { name: string; version: string };
  rulebook: { sha256: string; [key: string]: unknown } | null;
  input?: Record<string, unknown>;
  result?: any;
  trace?: Array<Record<string, unknown>>;
  warnings?: Notice[];
  notes?: Notice[];
  error?: { code: string; message: string; hint: string | null; where: string | null };
}
export interface Options {
  lang?: "vi" | "en";
  /** The day that counts as today, where none is given. */
  today?: string;
  /** Further flags of the command. */
  args?: string[];
}
export type Form = "text" | "html" | "csv" | "chat";
export function quote(household: Household, options?: Options & { format?: "json" }): Answer;
export function quote(household: Household, options: Options & { format: Form }): string;
export function claim(visit: Visit, options?: Options & { format?: "json" }): Answer;
export function claim(visit: Visit, options: Options & { format: Form }): string;
export function run(args: string[], options?: { stdin?: string; today?: string }): { code: number; stdout: string; stderr: string };
