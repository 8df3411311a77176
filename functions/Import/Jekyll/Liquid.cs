namespace ServerlessBlog.Import.Jekyll;

/// <summary>
/// Translates the Liquid of Jekyll and its usual plugins (https://jekyllrb.com/docs/liquid/): raw, highlight, post_url,
/// link, figures, films, includes, conditions on one variable, and the variables of the site and the page that are
/// texts.
/// </summary>
internal sealed class Liquid(
    ImportedPost post,
    JekyllConfig config,
    JekyllIncludes includes,
    Func<string, string?> findAddress
) : TemplateTranslator(post, "liquid")
{
    private readonly Stack<TagParameters> _includeParameters = new();

    /// <summary>Tags with an end tag that decide or repeat: their content is not what readers saw.</summary>
    private static readonly HashSet<string> Control = ["for", "if", "unless", "case", "capture", "tablerow"];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Open, string Close)> Signs { get; } = [("{%", "%}"), ("{{", "}}")];

    /// <inheritdoc/>
    protected override bool IsForCode(TemplateTag tag) => tag is { Open: "{%", Name: "raw" or "endraw" };

    /// <inheritdoc/>
    protected override (string Text, int End)? Replace(TagContext context)
    {
        var tag = context.Tag;
        if (tag.Open == "{{")
        {
            return Evaluate(tag.Content) is { } value ? (value, tag.End) : ToCode(context);
        }

        var end = FindEnd(context);
        if (end is not null)
        {
            return ReplaceBlock(context, end) ?? ToCode(context, end);
        }

        return ReplaceTag(context) is { } text ? (text, tag.End) : ToCode(context);
    }

    private static TemplateTag? FindEnd(TagContext context)
    {
        var name = context.Tag.Name;
        return name.StartsWith("end", StringComparison.Ordinal)
            ? null
            : context.FindEnd(
                tag => tag.Open == "{%" && tag.Name == name && name is not ("raw" or "comment"),
                tag => tag.Open == "{%" && tag.Name == "end" + name
            );
    }

    private (string Text, int End)? ReplaceBlock(TagContext context, TemplateTag end)
    {
        var (tag, inside) = (context.Tag, context.Text[context.Tag.End..end.Start]);
        if (Control.Contains(tag.Name))
        {
            return Choose(context, end) is { } chosen ? (chosen, end.End) : null;
        }

        var parameters = new TagParameters(tag.Arguments);
        var text = tag.Name switch
        {
            "raw" => inside,
            "comment" => "",
            "highlight" => MarkdownFences.Fence(inside, parameters.First ?? ""),
            "codeblock" => MarkdownFences.Fence(inside, parameters.Find("lang") ?? ""),
            "figure" => MarkdownWriter.Figure(TranslateInside(context, end), parameters.Find("caption") ?? ""),
            "notice" => MarkdownWriter.Alert("NOTE", TranslateInside(context, end)),
            "blockquote" => string.Join(
                '\n',
                TranslateInside(context, end).Trim('\n').Split('\n').Select(line => "> " + line)
            ),
            _ => null,
        };
        return text is null ? null : (text, end.End);
    }

    private string? ReplaceTag(TagContext context)
    {
        var tag = context.Tag;
        var parameters = new TagParameters(tag.Arguments);
        var first = parameters.First;
        switch (tag.Name)
        {
            case "post_url" or "link":
                return findAddress(tag.Arguments.Trim('"', '\''));
            case "raw" or "endraw":
                return "";
            case "assign" or "endcomment":
                Note(context, $"{{% {tag.Name} %}} has no effect here, and is left out.");
                return "";
            case "youtube" when first is not null:
                return MarkdownWriter.YouTube(first);
            case "vimeo" when first is not null:
                return MarkdownWriter.Vimeo(first);
            case "video" when first?.Contains('/', StringComparison.Ordinal) is true:
                return MarkdownWriter.Embed("Video", first);
            case "gist" when first is not null:
                return MarkdownWriter.Link("Gist", $"https://gist.github.com/{first}");
            case "img" or "image" or "figure" when AddressIn(parameters) is { } address:
                return MarkdownWriter.Picture(address, WordsIn(parameters, address), parameters.Find("caption"));
            case "include" or "include_cached" or "include_relative" when first is not null:
                return Include(first, new TagParameters(Evaluated(tag.Arguments)));
            default:
                return null;
        }
    }

    private static string? AddressIn(TagParameters parameters) =>
        parameters.Find("src", "url", "image", "image_path")
        ?? parameters.Values.FirstOrDefault(value => value.Contains('/', StringComparison.Ordinal));

    private static string? WordsIn(TagParameters parameters, string address) =>
        parameters.Find("alt", "title")
        ?? parameters.Values.LastOrDefault(value => value != address && value.Contains(' ', StringComparison.Ordinal));

    /// <summary>
    /// The branch of a condition on one variable of the page or the include; null for any other tag or condition.
    /// </summary>
    private string? Choose(TagContext context, TemplateTag end)
    {
        var tag = context.Tag;
        if (tag.Name is not ("if" or "unless") || IsSet(tag.Arguments) is not { } isSet)
        {
            return null;
        }

        var branches = context.FindBranches(end).ToList();
        if (branches.Any(branch => branch.Name != "else"))
        {
            return null;
        }

        var (middle, after) = branches is [var only, ..] ? (only.Start, only.End) : (end.Start, end.Start);
        return isSet == (tag.Name == "if")
            ? TranslatePart(context, tag.End, middle)
            : TranslatePart(context, after, end.Start);
    }

    /// <summary>Whether a variable has a value; null for what is no single variable.</summary>
    private bool? IsSet(string variable) =>
        variable.Split('.') switch
        {
            ["page", var name] => Post.Has(name) && Post.TextOf(name) != "false",
            ["include", var name] when _includeParameters.TryPeek(out var parameters) => parameters.Find(name)
                is not (null or "false"),
            _ => null,
        };

    /// <summary>
    /// What an include stands for: the kinds of the usual themes become Markdown; of any other the text of its file,
    /// when all in that can be translated.
    /// </summary>
    private string? Include(string file, TagParameters parameters)
    {
        if (KnownIncludes.Find(Path.GetFileNameWithoutExtension(file), parameters) is { } known)
        {
            return known;
        }

        if (includes.Find(file) is not { } text)
        {
            return null;
        }

        _includeParameters.Push(parameters);
        var translated = TryTranslate(text);
        _includeParameters.Pop();
        return translated;
    }

    /// <summary>Parameters with page variables written out.</summary>
    private string Evaluated(string arguments) =>
        string.Join(
            ' ',
            arguments
                .Split(' ')
                .Select(part =>
                    part.Split("=page.", 2) is [var name, var field] && Post.TextOf(field) is { } text
                        ? $"{name}=\"{text.Replace('"', '\'')}\""
                        : part
                )
        );

    /// <summary>
    /// The value of an expression: texts and variables with filters that change addresses; else null.
    /// </summary>
    private string? Evaluate(string expression)
    {
        var parts = expression.Split('|', StringSplitOptions.TrimEntries);
        var value = ValueOf(parts[0]);
        foreach (var filter in parts.Skip(1))
        {
            var (name, argument) = filter.Split(':', 2) is [var before, var after]
                ? (before.Trim(), ValueOf(after.Trim()))
                : (filter, "");
            value = (name, value, argument) switch
            {
                (_, null, _) or (_, _, null) => null,
                ("prepend", _, _) => argument + value,
                ("append", _, _) => value + argument,
                ("relative_url" or "absolute_url", _, _) => config.BasePath + value,
                ("escape" or "strip" or "uri_escape" or "url_encode", _, _) => value,
                _ => null,
            };
        }

        return value;
    }

    private string? ValueOf(string expression) =>
        expression switch
        {
            ['"' or '\'', .., '"' or '\''] when expression.Length > 1 => expression[1..^1],
            "site.baseurl" => config.BasePath,
            "site.url" => "",
            _ when expression.StartsWith("page.", StringComparison.Ordinal) => Post.TextOf(expression[5..]),
            _ when expression.StartsWith("include.", StringComparison.Ordinal) => _includeParameters.TryPeek(
                out var parameters
            )
                ? parameters.Find(expression[8..]) ?? ""
                : null,
            _ when expression.StartsWith("site.", StringComparison.Ordinal) => config.TextOf(expression[5..]),
            _ => null,
        };
}
