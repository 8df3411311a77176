namespace ServerlessBlog.Admin.SignIn;

[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(AdminSession))]
[JsonSerializable(typeof(Passkey))]
[JsonSerializable(typeof(IReadOnlyList<SignInRequest>))]
internal sealed partial class SignInJson : JsonSerializerContext;
