namespace ServerlessBlog.Texts;

/// <summary>What is to be said, before anybody knows in which words: see <see cref="SiteTexts"/>.</summary>
/// <param name="Key">Which text.</param>
/// <param name="Values">What is put into its places.</param>
public sealed record TextReference(string Key, params IReadOnlyList<(string Place, string Value)> Values);
