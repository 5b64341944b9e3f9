/** At least one of something. */
export type Some<T> = readonly [T, ...T[]];

/** The entries of a list that is written as text, separated by commas. */
function list(text: string): Some<string> {
  const [first = '', ...others] = text.trim().replace(/\s+/g, ' ').split(', ');
  return [first, ...others];
}

export const givenNames = list(`
  Ada, Åsa, Bilal, Chloé, Daria, Emre, Fatou, Göran, Hana, Inés, Jörg, Kenji, Łucja, Minh, Noor,
  Ólafur, Priya, Quinn, Ravi, Siân, Thuý, Ümit, Vesna, Wanjiku, Xavi, Yara, Zoë, Иван, Ελένη, 小林,
  지민, ليلى
`);

export const familyNames = list(`
  Alder, Birch, Brook, Cliff, Dale, Fjord, Forest, Glen, Heath, Hill, Isle, Lake, Marsh, Meadow,
  Moor, Øst, Pine, Reed, River, Rosenfeld, Sánd, Stone, Vale, Wood
`);

export const adjectives = list(`
  bright, broken, calm, cheap, clever, early, empty, familiar, gentle, green, heavy, hidden, late,
  lucky, modest, noisy, old, patient, quiet, rusty, second, simple, small, steady, stubborn, tidy,
  wooden, yellow
`);

export const nouns = list(`
  anchor, badger, bicycle, bridge, camera, candle, garden, guitar, harbour, kettle, ladder, lantern,
  magpie, map, mirror, otter, piano, recipe, river, rooftop, saddle, sparrow, teapot, tent, train,
  violin, window, workshop
`);

export const actions = list(`
  arrived, came back, did the trick, disappeared, fell apart, held up, kept going, made a
  difference, needed some care, stopped working, surprised everyone, turned up
`);

export const openers = list(`
  As far as I can tell, Between the two of us, By the way, For what it is worth, I would say, In the
  end, Last week, On a good day, To be honest, Where I live
`);

export const closers = list(`
  after the rain, all by itself, at the market, before anyone noticed, despite everything, for the
  third time, in the middle of the night, on the way home, until spring, without a word
`);

/** Whole sentences, for the many ways in which UTF-8 and COPY can go wrong. */
export const sentences: Some<string> = [
  '👍',
  '🎉🎉🎉',
  'We came as a family 👩‍👩‍👧‍👦, and the dog too 🐕‍🦺.',
  'Das hätte ich so nicht erwartet – schön!',
  'Ça marche très bien chez moi, merci.',
  '¿Alguien más lo ha probado? ¡Increíble!',
  'Dziękuję, już działa.',
  'Спасибо, всё заработало.',
  'Ευχαριστώ πολύ για τη βοήθεια.',
  'これは本当に助かりました。',
  '谢谢，问题已经解决了。',
  '감사합니다, 잘 되네요!',
  'मुझे भी यही समस्या है।',
  'شكرا جزيلا على المساعدة.',
  'Cảm ơn, chạy ngon rồi.',
  'A combining mark: e\u0301 is not é, but it looks the same.',
  'Try C:\\temp\\new\\file.txt, or \\N, or even \\. on a line of its own:\n\\.',
  'name\tamount\nkettles\t3\nladders\t2',
  "He said \"it's fine\", she said 'no; drop table posts' -- and both laughed.",
  '<b>Not bold</b> &amp; not escaped either.',
];
