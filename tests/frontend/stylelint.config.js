// The standard rules, less those that would only shift white space and rules about: declarations
// that belong together stand on one line here. Colours are named once, in variables.css.

export default {
  extends: ["stylelint-config-standard"],
  rules: {
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-block-single-line-max-declarations": null,
    "declaration-empty-line-before": null,
    "no-descending-specificity": null,
    "rule-empty-line-before": null,
    "color-named": "never",
    "color-no-hex": true,
    "function-disallowed-list": ["/^(rgb|hsl)a?$/"],
  },
  overrides: [
    { files: ["**/variables.css"], rules: { "color-no-hex": null } },
  ],
};
