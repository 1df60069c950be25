// A draft as an editor's program writes it: made, changed on a condition, and sent again.
import type { NewArticle } from "./schema.js";

export const draftId = "019c1e00-1d00-7100-8d00-0000000000a1";

const words = "لا سفينة قبل الفجر";

export const draft: NewArticle = {
  language: "ar",
  title: "المرفأ ينتظر",
  outlet: { name: "ضفاف الزمرد" },
  body: [
    { type: "heading", level: 2, text: "على الرصيف" },
    { type: "paragraph", text: `قالت سمر الطيبي: «${words}».` },
  ],
  summary: null,
  statements: [
    {
      form: "direct",
      quote: words,
      attribution: [{ role: "speaker", speaker: { name: "سمر الطيبي", kind: "person" }, cue: "قالت" }],
    },
  ],
};
