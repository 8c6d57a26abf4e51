/* What a code says and whether it may be believed, without a network. No page in here.

   The same as services/signing/record.py (the record), services/verification/codes.py
   (what was typed) and withdrawn.py (the list); tests/browser hold them together. */
"use strict";

const records = (() => {
  const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./";
  const VERSION = 1;
  const HEAD_BYTES = 10;
  const SIGNATURE_BYTES = 64;
  const CUT = 0x80;
  const FIRST_DAY = Date.UTC(2020, 0, 1);
  const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;
  const LIST_HEADING = "AK-1 ditarik 1";

  // What was typed ------------------------------------------------------------------

  /* As it was meant, without the invisible guests of copied text: ak1portal/text.py. */
  const tidy = (typed) =>
    typed
      .replace(/\p{Cf}/gu, "")
      .replace(/\p{Zs}/gu, " ")
      .replace(/[\u2010\u2011]/g, "-")
      .replace(/[\uff01-\uff5e]/g, (sign) =>
        String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
      );

  /* The code (capitals) or old token (small letters) in a link or a text; else "". */
  const codeIn = (typed) => {
    const last = typed.trim().replace(/\/+$/, "").split("/").pop();
    const bare = last.replace(/[\s-]/g, "");
    if (/^[2-7A-Za-z]{100,180}$/.test(bare)) return bare.toUpperCase();
    return /^[0-9A-Za-z]{26}$/.test(bare) ? bare.toLowerCase() : "";
  };

  const isNumber = (typed) =>
    /^[0-9A-Za-z./ -]{6,60}$/.test(typed.trim()) &&
    (typed.match(/[0-9]/g) || []).length >= 6;

  // The record ----------------------------------------------------------------------

  /* The bytes of a code in capitals; null when it is none, or not the only way to
     write these bytes. */
  const bytesOf = (code) => {
    if (![0, 2, 4, 5, 7].includes(code.length % 8)) return null;
    const bytes = [];
    let value = 0;
    let bits = 0;
    for (const letter of code) {
      const digit = BASE32.indexOf(letter);
      if (digit < 0) return null;
      value = ((value << 5) | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((value >> bits) & 0xff);
      }
    }
    return value & ((1 << bits) - 1) ? null : Uint8Array.from(bytes);
  };

  const number = (bytes, at) => bytes[at] * 256 + bytes[at + 1];

  const lettersOf = (bytes) => {
    let letters = "";
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const value = number(bytes, at);
      letters += LETTERS[Math.floor(value / 1600) % 40];
      letters += LETTERS[Math.floor(value / 40) % 40];
      letters += LETTERS[value % 40];
    }
    return letters;
  };

  /* 2026-11-22 */
  const dayOf = (days) =>
    new Date(FIRST_DAY + days * MILLISECONDS_A_DAY).toISOString().slice(0, 10);

  const unpacked = (facts) => {
    const length = facts[9] & ~CUT;
    const end = HEAD_BYTES + Math.floor((length + 2) / 3) * 2;
    const name = lettersOf(facts.slice(end)).trimEnd();
    return {
      region: String(number(facts, 2)).padStart(4, "0"),
      number: lettersOf(facts.slice(HEAD_BYTES, end)).slice(0, length),
      revision: facts[8],
      issued: dayOf(number(facts, 4)),
      expires: dayOf(number(facts, 6)),
      name: facts[9] & CUT ? name + "…" : name,
    };
  };

  /* { record } of a code that one of `keys` (id -> bytes) signed, or { problem }:
     "forged", or "unknown_key" when it names a key that is not there. */
  const read = async (code, keys) => {
    const bytes = bytesOf(code);
    const facts = bytes && bytes.slice(0, Math.max(bytes.length - SIGNATURE_BYTES, 0));
    if (!facts || facts.length < HEAD_BYTES || facts[0] !== VERSION) {
      return { problem: "forged" };
    }
    const key = keys.get(facts[1]);
    if (!key) return { problem: "unknown_key" };
    const good = await ed25519.verify(key, facts, bytes.slice(-SIGNATURE_BYTES));
    return good ? { record: unpacked(facts) } : { problem: "forged" };
  };

  // The list of withdrawn numbers ----------------------------------------------------

  const bytesOfBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

  const entryOf = ({ region, number, revision }) => [region, number, revision].join("\t");

  /* { made, entries } of a list that one of `keys` signed, or { problem }: "damaged",
     "unknown_key", "forged". `made` is a Date. */
  const readList = async (text, keys) => {
    const end = text.lastIndexOf("tanda-tangan ");
    const lines = text.slice(0, Math.max(end, 0)).split("\n");
    const signature = /^tanda-tangan ([A-Za-z0-9+/]{86}==)\n$/.exec(text.slice(end));
    const made = /^dibuat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(lines[1]);
    const key = /^kunci (\d{1,3})$/.exec(lines[2]);
    if (lines[0] !== LIST_HEADING || lines.at(-1) !== "" || !signature || !made || !key) {
      return { problem: "damaged" };
    }
    if (!keys.has(Number(key[1]))) return { problem: "unknown_key" };
    const good = await ed25519.verify(
      keys.get(Number(key[1])),
      new TextEncoder().encode(text.slice(0, end)),
      bytesOfBase64(signature[1]),
    );
    if (!good) return { problem: "forged" };
    const entries = new Map();
    for (const line of lines.slice(3, -1)) {
      const at = line.lastIndexOf("\t");
      entries.set(line.slice(0, at), line.slice(at + 1));
    }
    return { made: new Date(made[1]), entries };
  };

  // The judgement -------------------------------------------------------------------

  /* The day at the office, as 2026-11-22. */
  const dayAt = (now, zone) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(now);

  /* What is known of what was typed: { state, code, record, office, early }.

     state: "genuine", "expired", "void", "replaced": our signature; "forged",
     "unknown_key", "no_keys"; "token", "number", "unreadable": no record at all.
     early: by this device's clock the card is not issued yet, so its clock is wrong. */
  const judge = async (written, { keys, offices, list, now }) => {
    const typed = tidy(written);
    const code = codeIn(typed);
    if (!code) return { state: isNumber(typed) ? "number" : "unreadable", code };
    if (code.length === 26) return { state: "token", code };
    if (!keys.size) return { state: "no_keys", code };
    const { record, problem } = await read(code, keys);
    if (problem) return { state: problem, code };
    const office = offices[record.region];
    const today = dayAt(now, office ? office.zone : "Asia/Jakarta");
    const listed = list && list.entries.get(entryOf(record));
    const state = listed || (today > record.expires ? "expired" : "genuine");
    return { state, code, record, office, early: today < record.issued };
  };

  return { codeIn, isNumber, read, readList, judge, bytesOfBase64 };
})();
