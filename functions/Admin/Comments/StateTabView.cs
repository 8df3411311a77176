namespace ServerlessBlog.Admin.Comments;

/// <summary>A state that comments can be in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where those in it are listed.</param>
/// <param name="Count">How many there are, in words such as "99+".</param>
/// <param name="None">What is said when there is none.</param>
public sealed record StateTabView(string Name, string Address, string Count, string None);
