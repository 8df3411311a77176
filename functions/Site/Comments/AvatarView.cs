namespace ServerlessBlog.Site.Comments;

/// <summary>Avatar beside a commenter's name: a letter on a colour.</summary>
/// <param name="Letter">First letter of the name, in upper case.</param>
/// <param name="Hue">Hue of the background, 0 to 359 degrees.</param>
public sealed record AvatarView(string Letter, int Hue);
