namespace ServerlessBlog.Letters;

/// <summary>
/// Creates and verifies the links in letters, which lead to the page where a recipient confirms, changes or ends them.
/// </summary>
public sealed class LetterLinks(BlogSettings settings, TimeProvider clock)
{
    /// <summary>The first segment of the page's path.</summary>
    public const string Segment = "letters";

    /// <summary>How long a link is valid after its letter was written: 400 days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private readonly Signature _signature = new(settings, "letters");

    /// <summary>Creates the absolute address of the page. The same arguments give the same address.</summary>
    /// <param name="recipient">Whom the letter is for.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="written">When it was written.</param>
    public string AddressOf(Recipient recipient, LetterScope scope, DateTimeOffset written) =>
        $"{settings.BaseUrl}/{Segment}/{_signature.Sign($"{recipient.Id}.{scope}", written + Lifetime)}";

    /// <summary>
    /// Verifies and parses a token from outside. Returns false when it was not signed here, was changed, or has
    /// expired; never throws.
    /// </summary>
    public bool TryRead(string? token, [NotNullWhen(true)] out string? recipient, out LetterScope scope)
    {
        (recipient, scope) = (null, default);
        if (
            !_signature.TryRead(token, clock.GetUtcNow(), out var parts, out _)
            || parts is not [var id, var about]
            || !Recipient.IsId(id)
            || !LetterScope.TryParse(about, out scope)
        )
        {
            return false;
        }

        recipient = id;
        return true;
    }
}
