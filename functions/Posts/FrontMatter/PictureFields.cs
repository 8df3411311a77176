namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Reads the picture of a post: the field <c>image</c> with <c>image_alt</c>, <c>image_caption</c> and
/// <c>image_credit</c>, or <c>image</c> as a mapping with these as its fields.
/// </summary>
internal static class PictureFields
{
    private const int MaxAddress = 500;
    private const int MaxAlt = 500;
    private const int MaxCredit = 300;

    /// <summary>Names of the address in a mapping, as different themes have it.</summary>
    private static readonly string[] AddressNames = ["path", "src", "url", "feature"];

    /// <summary>Reads the picture; null when there is none.</summary>
    public static PostPicture? Read(FieldReader fields)
    {
        var (alt, caption) = (fields.Text("image_alt", MaxAlt), fields.Prose("image_caption", MaxAlt));
        var credit = ReadCredit(fields, "image_credit");
        if (fields.Inner("image") is not { } inner)
        {
            return Create(fields, "image", alt, caption, credit);
        }

        var own = ReadCredit(inner, "credit");
        return Create(
            inner,
            inner.FirstOf(AddressNames),
            inner.Text("alt", MaxAlt) ?? alt,
            inner.Prose("caption", MaxAlt) ?? caption,
            own.Text is null ? credit : own
        );
    }

    private static PostPicture? Create(
        FieldReader fields,
        string name,
        string? alt,
        string? caption,
        (string? Text, string? Address) credit
    )
    {
        if (fields.Text(name, MaxAddress) is not { } address)
        {
            return null;
        }

        return
            IsWebAddress(address)
            || !(address.Contains(':', StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal))
            ? new PostPicture(address, alt ?? "", credit.Text, credit.Address) { Caption = caption }
            : throw fields.Refuse(
                name,
                $"'{FieldReader.Shorten(address)}' is not an address: write /media/picture.jpg, the name "
                    + "of a picture beside the post, or an https address."
            );
    }

    /// <summary>Reads the credit: "Text", "Text, https://..." or a list of the two.</summary>
    private static (string? Text, string? Address) ReadCredit(FieldReader fields, string name)
    {
        var words = string.Join(", ", fields.Texts(name));
        if (words.Length > MaxCredit + MaxAddress)
        {
            throw fields.Refuse(name, $"it has {words.Length} characters: keep at most {MaxCredit + MaxAddress}.");
        }

        var space = words.LastIndexOf(' ');
        return IsWebAddress(words[(space + 1)..])
            ? (
                words[..Math.Max(space, 0)].TrimEnd(',', ' ') is { Length: > 0 } text ? text : words,
                words[(space + 1)..]
            )
            : (words.Length > 0 ? words : null, null);
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
