namespace ServerlessBlog.Texts;

/// <summary>A piece of a text: words, then a place where something is put in.</summary>
/// <param name="Words">May be empty.</param>
/// <param name="Place">What is put in, such as "author" for <c>{author}</c>; null at the end of the text.</param>
public readonly record struct TextPart(string Words, string? Place);
