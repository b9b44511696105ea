// What travels between the scripts, and between them and the server. Nothing of this is served.

/** The one object of ours that is global; http/front_page.py makes it before anything else runs. */
interface Amumal {
  /** The sentences of the scripts, by the keys of playground/messages/. */
  words: Words;
  /** What the command line asks for: "light", "dark" or "auto". */
  theme: string;
  /** page.js, once it has begun. */
  page: Promise<import("./page.js").Page>;
  /** Set by the js_on_load of a gr.HTML each: an event with data for Python. */
  events: {
    /** The settings of a picture go into the Play tab. */
    reuse?: (picture: number) => void;
    /** A phrase of another tab is drawn. */
    drawThis?: (text: string) => void;
    /** A picture, or its settings, goes into the Draw tab. */
    send?: (picture: number, to: string) => void;
    /** How the chosen model works here may have become known. */
    plan?: () => void;
  };
}

interface Window {
  amumal: Amumal;
}

type Words = Record<string, string>;
type FormValues = Record<string, unknown>;
type TextBox = HTMLTextAreaElement | HTMLInputElement;

// ---- jobs and pictures (kit/stage_frame.py, kit/picture_card.py, http/album.py, http/job_routes.py)

interface Frame {
  job: number;
  state: string;
  is_final: boolean;
  phrase: string;
  words: string;
  count: string;
  percent: number;
  preview: string | null;
  picture: PictureCard | null;
  alert: string;
}

interface PictureCard {
  id: number;
  phrase: string;
  alt: string;
  prompt: string;
  facts: string;
  file: string;
  width: number;
  height: number;
  used: string;
  is_detailed: boolean;
}

/** The key of a word, and what pressing the button does. */
type PictureTool = [key: string, act: () => void];

interface AlbumPage {
  pictures: PictureCard[];
  before: number | null;
}

/** A drawing that a crash left unfinished. */
interface Offer {
  id: number;
  words: string;
}

interface VisitState {
  job: number | null;
  interrupted: Offer[];
  painter: PainterState;
}

interface PainterState {
  stage: string;
  words: string;
}

// ---- tickets: what a handler hands to the scripts

interface AlertTicket {
  alert?: string;
}

interface PlayTicket extends AlertTicket {
  said?: string[];
  job?: number;
}

interface DrawTicket extends AlertTicket {
  jobs?: number[];
}

interface MistranslateTicket extends AlertTicket {
  readings?: Reading[];
}

interface Reading {
  job: number;
  kind: string;
  prompt: string;
}

// ---- the Draw tab

interface Shelf {
  parts: ShelfPart[];
}

/** A LoRA or an embedding. */
interface ShelfPart {
  kind: "lora" | "embedding";
  name: string;
  family: string;
  suits: boolean;
  words: string[];
}

interface ShelfCard {
  part: ShelfPart;
  item: HTMLLIElement;
  press: HTMLButtonElement;
  words: { word: string; chip: HTMLButtonElement }[];
  negative?: HTMLButtonElement;
  weight?: WeightRow;
}

interface WeightRow {
  row: HTMLLabelElement;
  range: HTMLInputElement;
  number: HTMLInputElement;
}

/** Where something stands in a prompt. */
interface Span {
  start: number;
  end: number;
}

interface NetworkTag extends Span {
  kind: string;
  args: string[];
}

interface Point {
  x: number;
  y: number;
}

type MaskAct =
  | { kind: "invert" }
  | { kind: "picture"; picture: CanvasImageSource }
  | { kind: "stroke"; points: Point[]; size: number; isErasing: boolean };

// ---- files

interface DropAnswer {
  token?: string;
  name: string;
  size: number;
  alert?: string;
}

// ---- the conversation (tabs/chat/events.py)

interface Conversation {
  format: string;
  version: number;
  turns: Turn[];
  put_away: unknown[];
}

interface Turn {
  question: string;
  label: number;
  replies: { text: string }[];
  chosen: number;
}

interface ChatFrame {
  number: number;
  text?: string;
  stage?: string;
  note?: string;
  alert?: string;
  licence?: string;
  question?: string;
  said?: string;
  file?: { name: string; text: string };
  conversation?: Conversation;
  is_over?: boolean;
}

/** Hands an event with data to Python. */
type Trigger = (event: string, data: object) => void;
