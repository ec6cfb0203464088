using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>A product customer as the registry has them (S3).</summary>
/// <param name="Region">Code of the sales region, where the registry names one.</param>
/// <param name="Address">Where goods go to.</param>
/// <param name="Language">Language in which they are written to.</param>
/// <param name="Salesperson">Their salesperson, where one is named.</param>
internal sealed record ProductCustomer(
    Guid Id,
    string Name,
    string? Contact,
    string? Phone,
    string? Address = null,
    string? Region = null,
    string? Language = null,
    NamedPerson? Salesperson = null
);

/// <summary>A person by their account.</summary>
internal sealed record NamedPerson(string Id, string Name);

/// <summary>A model as a line names it.</summary>
internal sealed record ModelRef(Guid Id, string Code, string Name)
{
    public static ModelRef Of(ProductModel model) => new(model.Id, model.Code, model.Name);

    public static ModelRef Of(ProductSerial serial) => new(serial.ModelId, serial.ModelCode, serial.ModelName);
}

/// <summary>What the customer says they send: machines by serial number, or so many of a model.</summary>
/// <param name="Serials">As the customer wrote them; none where they are counted.</param>
/// <param name="Quantity">How many; that of the serials where there are any.</param>
/// <param name="Words">The fault in the customer's words.</param>
internal sealed record DeclaredLine(
    ModelRef Model,
    IReadOnlyList<DeclaredSerial> Serials,
    int Quantity,
    string? Words = null
);

/// <summary>A serial number with what is compared.</summary>
/// <param name="SerialId">The machine, where it is known.</param>
internal sealed record DeclaredSerial(string Number, string Key, Guid? SerialId);

/// <summary>The three answers (C5.1.3) of a person who reported by the QR code on the machine.</summary>
internal sealed record ReportedAnswers(DateOnly PurchasedOn, string Model, string Reason, string Person, string Phone);

/// <summary>What is said when an RMA is declared.</summary>
internal sealed record Declaration
{
    public required ProductCustomer Customer { get; init; }

    public required IReadOnlyList<DeclaredLine> Lines { get; init; }

    public RmaSource Source { get; init; }

    /// <summary>The enquiry or complaint.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>What the enquiry or complaint says of the goods.</summary>
    public string? Words { get; init; }

    /// <summary>What a person answered who reported by the QR code on the machine.</summary>
    public ReportedAnswers? Answers { get; init; }

    /// <summary>Serials of these lines that are known as another customer's.</summary>
    public IReadOnlyList<string> OfOthers { get; init; } = [];

    /// <summary>Serials of these lines that were bought back or replaced.</summary>
    public IReadOnlyList<string> NotSold { get; init; } = [];

    /// <summary>Serials of these lines that are in another open RMA, with its number.</summary>
    public IReadOnlyList<string> InOthers { get; init; } = [];

    public int Quantity => Lines.Sum(line => line.Quantity);

    public IEnumerable<DeclaredSerial> Serials => Lines.SelectMany(line => line.Serials);
}

/// <summary>What was found in the parcel: one machine by its serial number, or so many of a model without.</summary>
/// <param name="Model">The model; null where neither the serial nor the person who counts knows it.</param>
internal sealed record ReceivedItem(
    ModelRef? Model,
    string? Serial,
    string? Key,
    Guid? SerialId,
    int Quantity,
    DateOnly? WarrantyEndsOn = null,
    bool OfAnother = false,
    bool NotSold = false
)
{
    /// <summary>Known as something that this customer does not have.</summary>
    public bool IsStrange => OfAnother || NotSold;
}

/// <summary>What came at once.</summary>
/// <param name="Elsewhere">Serials that stand here under another open RMA, by key.</param>
internal sealed record Parcel(IReadOnlyList<ReceivedItem> Items, IReadOnlyDictionary<string, string> Elsewhere)
{
    /// <summary>What is in it and stands elsewhere.</summary>
    public ReceivedItem? OfElsewhere => Items.FirstOrDefault(item => item.Key is { } key && Elsewhere.ContainsKey(key));
}

/// <summary>A count, line by line (C5.1.1).</summary>
/// <param name="AsDeclared">Serials and quantities that came as declared.</param>
/// <param name="Unexpected">What came and was not declared.</param>
/// <param name="Missing">What was declared and did not come.</param>
internal sealed record RmaCount(
    IReadOnlyList<CountLine> AsDeclared,
    IReadOnlyList<CountLine> Unexpected,
    IReadOnlyList<CountLine> Missing
)
{
    public static RmaCount None { get; } = new([], [], []);

    public bool Differs => Unexpected.Count > 0 || Missing.Count > 0;

    public int Received => AsDeclared.Sum(line => line.Quantity) + Unexpected.Sum(line => line.Quantity);

    /// <summary>Whether the total alone says what came: only quantities differ, all in one direction. With a machine that
    /// is missing or unexpected, or one thing in the place of another, it does not.</summary>
    public bool TotalSaysAll =>
        (Unexpected.Count == 0 || Missing.Count == 0) && Unexpected.Concat(Missing).All(line => line.Serial is null);

    /// <summary>What a confirmation line by line names: each machine or model that differs from what was declared, with how
    /// many of it came.</summary>
    public IReadOnlyList<ConfirmedLine> ToName =>
        [
            .. Unexpected
                .Concat(Missing)
                .Select(line => new ConfirmedLine(line.ModelCode, line.Serial, 0))
                .DistinctBy(line =>
                    line.Serial is { } serial
                        ? (true, ProductSerial.KeyOf(serial))
                        : (false, TextFolding.Key(line.ModelCode ?? ""))
                )
                .Select(line => line with { Quantity = Of(line) }),
        ];

    private int Of(ConfirmedLine line) =>
        AsDeclared.Concat(Unexpected).Where(line.Names).Sum(counted => counted.Quantity);

    /// <summary>The first line on which the customer's word and the count differ, or that differs from what was declared
    /// and that they did not speak of; null where there is none.</summary>
    public string? DoubtOf(IReadOnlyList<ConfirmedLine> lines) =>
        lines.FirstOrDefault(line => Of(line) != line.Quantity) is { } wrong ? wrong.Name ?? Nameless
        : Unexpected.Concat(Missing).FirstOrDefault(counted => !lines.Any(line => line.SpeaksOf(counted))) is { } unsaid
            ? unsaid.Serial ?? unsaid.ModelCode ?? Nameless
        : null;

    private const string Nameless = "—";

    /// <summary>Compares what was declared with what came. A machine is compared by its serial number; what has none by
    /// its model. Serials beyond the declared ones of a model that was declared by quantity fill that quantity.</summary>
    public static RmaCount Of(IReadOnlyList<DeclaredLine> declared, IReadOnlyList<ReceivedItem> received)
    {
        var (asDeclared, unexpected) = (new List<CountLine>(), new List<CountLine>());
        var serials = declared
            .SelectMany(line => line.Serials.Select(serial => (serial.Key, serial.Number, line.Model)))
            .ToDictionary(s => s.Key);
        var open = declared
            .Where(line => line.Serials.Count == 0)
            .GroupBy(line => line.Model.Id)
            .ToDictionary(g => g.Key, g => (Model: g.First().Model, Left: g.Sum(line => line.Quantity)));
        foreach (var item in received)
        {
            if (item.Key is { } key && !item.IsStrange && serials.Remove(key, out var found))
            {
                asDeclared.Add(new(found.Model.Code, found.Number, 1));
                continue;
            }

            var fits =
                !item.IsStrange && item.Model is { } model && open.TryGetValue(model.Id, out var left)
                    ? Math.Min(left.Left, item.Quantity)
                    : 0;
            if (fits > 0)
            {
                var line = open[item.Model!.Id];
                open[item.Model.Id] = (line.Model, line.Left - fits);
                asDeclared.Add(new(item.Model.Code, item.Serial, fits));
            }

            if (item.Quantity > fits)
            {
                unexpected.Add(new(item.Model?.Code, item.Serial, item.Quantity - fits, item.OfAnother, item.NotSold));
            }
        }

        return new(
            asDeclared,
            unexpected,
            [
                .. serials.Values.Select(serial => new CountLine(serial.Model.Code, serial.Number, 1)),
                .. open
                    .Values.Where(line => line.Left > 0)
                    .Select(line => new CountLine(line.Model.Code, null, line.Left)),
            ]
        );
    }
}

/// <summary>What the customer confirms of one line: so many of a machine or model were received; 0 of what is
/// missing.</summary>
/// <param name="Serial">The machine; null where the model counts.</param>
internal sealed record ConfirmedLine(string? ModelCode, string? Serial, int Quantity)
{
    public string? Name => Serial ?? ModelCode;

    /// <summary>Whether it speaks of a line of the count.</summary>
    public bool Names(CountLine line) =>
        Serial is { } serial
            ? line.Serial is { } counted && ProductSerial.KeyOf(counted) == ProductSerial.KeyOf(serial)
            : TextFolding.Key(ModelCode ?? "") == TextFolding.Key(line.ModelCode ?? "");

    /// <summary>Whether it settles a line that differs: of a machine nothing is said by its model.</summary>
    public bool SpeaksOf(CountLine line) => Names(line) && (Serial is not null || line.Serial is null);
}

/// <summary>A line of a count.</summary>
/// <param name="OfAnother">The serial is known as another customer's.</param>
/// <param name="NotSold">The serial is known as bought back or replaced.</param>
internal sealed record CountLine(
    string? ModelCode,
    string? Serial,
    int Quantity,
    bool OfAnother = false,
    bool NotSold = false
);

/// <summary>The customer's word on the received quantity (C5.1.1): signed by themselves, or taken down.</summary>
/// <param name="Quantity">The quantity that they confirm.</param>
/// <param name="PrintedName">Name in print of the person who signs.</param>
/// <param name="Recorded">The word that customer service takes down.</param>
/// <param name="Lines">The same line by line; null where the total says it all.</param>
internal sealed record CountConfirmation(
    int Quantity,
    string? PrintedName,
    RecordedWord? Recorded,
    IReadOnlyList<ConfirmedLine>? Lines = null
);

/// <summary>The confirmation as it is kept.</summary>
internal sealed record ConfirmedCount(
    int Quantity,
    string Person,
    RecordedWord? Recorded,
    Stamp By,
    IReadOnlyList<ConfirmedLine>? Lines = null
);
