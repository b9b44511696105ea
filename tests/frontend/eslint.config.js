// What the page's scripts must keep to beside their types. Few rules, each for a reason.

import js from "@eslint/js";
import globals from "globals";

const ONCE = [
  {
    selector: "NewExpression[callee.name=EventSource]",
    message: "Event streams have one owner: watch() of job_events.js.",
  },
  {
    selector: "CallExpression[callee.object.name=document][callee.property.name=createElement]",
    message: "Elements are made by element() of browser.js.",
  },
];
const NEVER = [
  {
    selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]",
    message: "What people and models write is shown as text, never as HTML.",
  },
];
const STORED = { name: "localStorage", message: "A browser may refuse: remember() and recall()." };

export default [
  { ignores: ["**/node_modules/**", "**/types.d.ts"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "max-lines": ["error", { max: 420, skipComments: true }],
      "max-lines-per-function": ["error", 60],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-globals": ["error", STORED],
      "no-restricted-syntax": ["error", ...NEVER, ...ONCE],
      "no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_$" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["**/playground/web/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["**/browser.js"],
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-syntax": ["error", ...NEVER, ONCE[0]],
    },
  },
  { files: ["**/job_events.js"], rules: { "no-restricted-syntax": ["error", ...NEVER, ONCE[1]] } },
];
