using System.Text.Json.Serialization;

namespace ServerlessBlog.Admin.SignIn;

[JsonSerializable(typeof(SignInWish))]
[JsonSerializable(typeof(DeskSession))]
[JsonSerializable(typeof(IReadOnlyList<SignInWish>))]
internal sealed partial class DeskJson : JsonSerializerContext;
