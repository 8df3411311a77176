namespace ServerlessBlog.Site.Comments;

/// <summary>What stands beside a commenter's name, the same wherever the same person has written.</summary>
/// <param name="Letter">The first of the name.</param>
/// <param name="Hue">The colour behind it, 0 to 359 degrees.</param>
public sealed record AvatarView(string Letter, int Hue);
