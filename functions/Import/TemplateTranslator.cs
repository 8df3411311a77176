namespace ServerlessBlog.Import;

/// <summary>
/// Replaces the tags of a template language in a post: by what they stand for, else by themselves as code, and then the
/// report names them. Code behind fences is left alone.
/// </summary>
internal abstract class TemplateTranslator(ImportedPost post, string language)
{
    /// <summary>The maximum number of tags with an end tag inside of each other: 20.</summary>
    private const int MaxDepth = 20;

    private int _depth;
    private int _trials;
    private int _untranslated;

    /// <summary>The post.</summary>
    protected ImportedPost Post { get; } = post;

    /// <summary>The signs of the language, the longer ones first.</summary>
    protected abstract IReadOnlyList<(string Open, string Close)> Signs { get; }

    /// <summary>Translates the body of the post.</summary>
    public void Translate() => Post.Body = Translate(Post.Body, Post.BodyLine);

    /// <summary>Translates a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">The number of its first line in the file.</param>
    protected string Translate(string text, int line)
    {
        var tags = TemplateTag.Find(text, Signs);
        if (tags.Count is 0 or > TemplateTag.MaxTags)
        {
            if (tags.Count > 0)
            {
                Post.Note($"it has more than {TemplateTag.MaxTags:N0} template tags, which are left as they are.");
            }

            return text;
        }

        var (result, at, fences) = (
            new StringBuilder(),
            0,
            MarkdownFences.Split(text).Where(part => part.IsCode).ToList()
        );
        var fence = 0;
        for (var index = 0; index < tags.Count; index++)
        {
            var tag = tags[index];
            if (tag.Start < at)
            {
                continue;
            }

            while (fence < fences.Count && fences[fence].End <= tag.Start)
            {
                fence++;
            }

            var isInCode = fence < fences.Count && fences[fence].Start <= tag.Start;
            var context = new TagContext(text, tags, index, line);
            var replaced = isInCode && !IsForCode(tag) ? null : Replace(context);
            var (replacement, end) = replaced ?? (text[tag.Start..tag.End], tag.End);
            result.Append(text, at, tag.Start - at).Append(replacement);
            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Whether a tag counts in code too.</summary>
    protected virtual bool IsForCode(TemplateTag tag) => false;

    /// <summary>
    /// Returns what stands for a tag, and the position where the text goes on; null to keep it as it is.
    /// </summary>
    protected abstract (string Text, int End)? Replace(TagContext context);

    /// <summary>Translates what is inside of a tag with an end tag.</summary>
    protected string TranslateInside(TagContext context, TemplateTag end) =>
        TranslatePart(context, context.Tag.End, end.Start);

    /// <summary>Translates a part of a text that has tags.</summary>
    protected string TranslatePart(TagContext context, int start, int end)
    {
        var inside = context.Text[start..end];
        if (_depth >= MaxDepth)
        {
            return inside;
        }

        _depth++;
        var translated = Translate(inside, context.LineOf(start));
        _depth--;
        return translated;
    }

    /// <summary>Translates a text of another file; null when a tag in it cannot be translated.</summary>
    protected string? TryTranslate(string text)
    {
        if (_depth >= MaxDepth)
        {
            return null;
        }

        var before = _untranslated;
        (_depth, _trials) = (_depth + 1, _trials + 1);
        var translated = Translate(text, 1);
        (_depth, _trials) = (_depth - 1, _trials - 1);
        return _untranslated == before ? translated : null;
    }

    /// <summary>A tag as code, which the report names.</summary>
    /// <param name="context">The tag.</param>
    /// <param name="end">Its end tag; null when it has none.</param>
    protected (string Text, int End) ToCode(TagContext context, TemplateTag? end = null)
    {
        var (tag, to) = (context.Tag, end?.End ?? context.Tag.End);
        Note(context, $"{Shorten(context.Text[tag.Start..tag.End])} cannot be translated, and is shown as code.");
        var source = context.Text[tag.Start..to];
        return (MarkdownWriter.Code(source, context.IsAlone(to), language), to);
    }

    /// <summary>Adds a sentence with the line of a tag to the report.</summary>
    protected void Note(TagContext context, string sentence)
    {
        _untranslated++;
        if (_trials == 0)
        {
            Post.Note($"line {context.LineOf(context.Tag.Start)}: {sentence}");
        }
    }

    private static string Shorten(string text) => Posts.FrontMatter.FieldReader.Shorten(text.ReplaceLineEndings(" "));

    /// <summary>A tag among the tags of a text.</summary>
    protected sealed record TagContext(string Text, IReadOnlyList<TemplateTag> Tags, int Index, int FirstLine)
    {
        public TemplateTag Tag => Tags[Index];

        public int LineOf(int position) => FirstLine + Text.AsSpan(0, position).Count('\n');

        /// <summary>The end tag that belongs to this one; null when there is none.</summary>
        public TemplateTag? FindEnd(Func<TemplateTag, bool> isStart, Func<TemplateTag, bool> isEnd)
        {
            var depth = 0;
            for (var at = Index + 1; at < Tags.Count; at++)
            {
                depth += isStart(Tags[at]) ? 1 : 0;
                if (isEnd(Tags[at]) && depth-- == 0)
                {
                    return Tags[at];
                }
            }

            return null;
        }

        /// <summary>The tags <c>else</c> and <c>elsif</c> of a condition, without those of conditions in it.</summary>
        public IEnumerable<TemplateTag> FindBranches(TemplateTag end)
        {
            var depth = 0;
            foreach (var tag in Tags.Skip(Index + 1).TakeWhile(tag => tag != end))
            {
                depth += tag.Name switch
                {
                    "if" or "unless" or "case" or "for" => 1,
                    "endif" or "endunless" or "endcase" or "endfor" => -1,
                    _ => 0,
                };
                if (depth == 0 && tag.Name is "else" or "elsif")
                {
                    yield return tag;
                }
            }
        }

        /// <summary>Whether nothing else stands on the lines from this tag to a position.</summary>
        public bool IsAlone(int end)
        {
            var before = Text.AsSpan(0, Tag.Start);
            var after = Text.AsSpan(end);
            return before[(before.LastIndexOf('\n') + 1)..].IsWhiteSpace()
                && (after.IndexOf('\n') is >= 0 and var next ? after[..next] : after).IsWhiteSpace();
        }
    }
}
