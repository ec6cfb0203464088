namespace CustomerService.Surveys.Store;

/// <summary>Finds the description of an aggregate.</summary>
internal static class DocumentTypes
{
    /// <exception cref="InvalidOperationException">It is no document of this service.</exception>
    public static DocumentType Of(this IReadOnlyList<DocumentType> types, Type record) =>
        types.FirstOrDefault(type => type.Record == record)
        ?? throw new InvalidOperationException($"{record.Name} is no document of this service.");
}
