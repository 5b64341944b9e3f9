/** One fenced block of shell commands in a guide. */
export interface Block {
  /** The heading that it stands under. */
  heading: string;
  /** Of the first command in the file. */
  line: number;
  source: string;
  /** Undoes what the guide did: it runs even when a block before it failed. */
  isCleanup: boolean;
}

const fence = /^```(\S*) ?(.*)$/;

/**
 * The commands of a guide, in order: its blocks marked `sh`. Those marked `sh cleanup` undo what the others did.
 * Blocks of any other language are what a reader sees, not what a reader types.
 */
export const blocksOf = (markdown: string): Block[] => {
  const blocks: Block[] = [];
  let heading = '';
  let open: { language: string; info: string; line: number; lines: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const mark = fence.exec(text);
    if (mark && open) {
      const { language, info, line, lines } = open;
      if (language === 'sh')
        blocks.push({ heading, line, source: lines.join('\n'), isCleanup: info === 'cleanup' });
      open = undefined;
    } else if (mark) open = { language: mark[1] ?? '', info: mark[2] ?? '', line: index + 2, lines: [] };
    else if (open) open.lines.push(text);
    else if (text.startsWith('#')) heading = text.replace(/^#+ /, '');
  }
  if (open) throw new Error(`the block at line ${open.line} has no end`);
  return blocks;
};
