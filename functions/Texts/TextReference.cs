namespace ServerlessBlog.Texts;

/// <summary>
/// A message by the key of its text, formatted when the language is known: see <see cref="SiteTexts"/>.
/// </summary>
/// <param name="Key">The key of the text.</param>
/// <param name="Values">The values of its placeholders.</param>
public sealed record TextReference(string Key, params IReadOnlyList<(string Place, string Value)> Values);
