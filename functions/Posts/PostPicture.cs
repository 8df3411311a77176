namespace ServerlessBlog.Posts;

/// <summary>The picture under a post's title.</summary>
/// <param name="Address">An http(s) address, or a path on this blog.</param>
/// <param name="Alt">What it shows, for those who do not see it; empty for a mere decoration.</param>
/// <param name="CreditText">Who made it; null when nobody is named.</param>
/// <param name="CreditAddress">An http(s) address; null when not given.</param>
public sealed record PostPicture(string Address, string Alt, string? CreditText, string? CreditAddress);
