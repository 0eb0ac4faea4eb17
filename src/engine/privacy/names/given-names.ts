/**
 * The 12000 given names most often given in the United States from 1880 to 2024, by the sex they were given to (four
 * times as often as to the other; else `eitherGivenNames`). ASCII, lower case, most frequent first. The country's immigration makes them
 * cover most of Europe, Latin America and India.
 *
 * Source: United States Social Security Administration, national data on baby names; a work of the US government, in
 * the public domain.
 */
export const femaleGivenNames = `
mary elizabeth patricia jennifer linda barbara margaret susan dorothy sarah jessica helen nancy betty karen lisa
anna emily sandra ashley kimberly ruth donna carol michelle laura amanda emma melissa rebecca stephanie deborah
sharon kathleen cynthia amy shirley angela catherine virginia katherine evelyn brenda frances pamela nicole samantha
christine alice rachel maria janet carolyn kelly olivia martha debra marie grace heather victoria diane julie joyce
rose joan jean christina lauren julia lillian ann doris hannah kathryn judith mildred andrea megan charlotte cheryl
sara jacqueline sophia madison teresa gloria alexis abigail janice isabella theresa judy beverly jane natalie ruby
amber denise marilyn danielle diana brittany annie irene shannon ella kayla lori tiffany florence robin louise ava
lois kathy tammy crystal bonnie eleanor josephine erin anne phyllis allison alyssa tracy audrey mia hazel clara edna
peggy tina dawn rita eva wanda paula courtney ethel norma ellen marjorie connie valerie edith esther amelia morgan
gladys carrie brianna wendy elaine vanessa melanie jasmine cindy leah monica chloe caroline alexandra sylvia april
katie sheila erica lucille lucy sherry alicia vivian pauline thelma michele veronica kristen suzanne anita kim
dolores joanne geraldine gail claire lorraine bertha rhonda juanita jill june holly sally darlene madeline stella
brooke beatrice eileen savannah elsie ida debbie nora renee naomi sydney stacy bernice lydia regina lily kristin jo
hailey sofia violet rosa gertrude loretta tara molly roberta cassandra bessie cathy annette laurie kaitlyn alma
lindsey shelby georgia jeanette jeanne colleen chelsea pearl aubrey rosemary stacey haley minnie agnes beth lillie
addison carmen zoe joann yvonne daisy kelsey cora vicki gina nellie destiny carla heidi jenna vera mackenzie paige
terri faith sadie lena sue maureen autumn arlene marian joy sabrina mabel wilma constance kaylee gabrielle harper
kristina myrtle melinda lindsay gabriella sophie deanna charlene katelyn mattie marcia viola nina isabel alexa
tamara bailey marlene claudia jennie patsy erika angelina brooklyn gwendolyn layla genevieve priscilla maggie
marissa tonya kylie maya ariana delores camila tanya miriam alison maxine mae miranda mariah yolanda leona madelyn
jocelyn caitlin zoey melody joanna carole ana vickie glenda cecilia brandy makayla aaliyah bobbie jade dora margie
scarlett isabelle ada hattie gianna marsha alexandria skylar whitney penelope elena arianna kay brandi kara toni
katrina bethany ellie penny christy sierra iris kendra kennedy natasha nevaeh briana hope meghan lola adriana dianne
tracey marguerite genesis angelica jenny bridget aurora karla felicia harriet aria summer geneva blanche trinity
velma becky shelly susie fannie gabriela kate lula jacquelyn candace rosie misty kristine sherri desiree jillian
natalia gracie rachael brittney breanna rosalie luna bella eunice meredith hilda ivy jodi mila sandy monique sheryl
antoinette valeria mamie lynda bianca adeline kristi camille janie rebekah serenity krystal kelli lila shelley irma
elise krista opal beulah cheyenne belinda josie rylee reagan faye liliana alberta ramona kristy flora della verna
jeannette inez callie adrienne eloise eliza candice eliana daniela jada jordyn sonia annabelle juliana mckenzie
carly gayle alana sonya olive marcella lilly marianne angie robyn emilia yvette celeste cassidy nichole myra maryann
patty delilah lynne olga paisley mya abby karina piper willow sheri kari cecelia valentina eden roxanne mallory
tabitha selena kaitlin alisha lana janelle lucia celia mikayla dianna estelle kiara allie muriel anastasia erma
tessa lacey bernadette aimee leila nova johanna alejandra vicky london gretchen allyson mable michaela kirsten
nadine cara leilani cristina caitlyn lora traci kelley isla julianna rosemarie henrietta hayley kellie esmeralda
raquel athena kylee sallie may jaclyn corinne nettie giselle alaina janis aubree betsy khloe marisa laurel mollie
adrianna lottie shelia aliyah ashlyn elisabeth brielle kinsley eula raven rochelle carolina elisa paulette christie
cassie jewel serena doreen mercedes hadley ginger lyla nadia jana alexia winifred jayla addie maude mona latoya
shawna jasmin delaney leigh dixie madeleine lorena makenzie ora mariana patti effie jazmin ernestine teri ashlee
mckenna darla lynette kyla alina leticia noelle etta lela millie laila mindy mandy freda daphne estella adele
alondra amaya phoebe meagan hanna katharine shari nikki essie everly justine margarita trisha clarissa tricia kira
sasha yesenia helena lizzie sonja lorene hallie ebony stacie rena marina lesley iva marla goldie alissa juliette
bettie kristie lucinda kimberley jazmine tori fatima lou fern tami ximena kyra bonita brooklynn kerri marley aileen
delia sienna stefanie juliet angeline antonia lenora matilda francine diamond jeannie fay cheri jolene tasha britney
therese tammie reba charity presley sherrie harmony tatiana lucile camryn marisol melba bette ayla patrice deloris
evangeline ciara ronda ryleigh alayna alisa francesca dorothea clare kayleigh alivia lea jewell ina teagan adelaide
rachelle tia janine mayra keira kassandra fiona helene makenna daniella pam talia macy christa tracie norah savanna
asia trina gwen adalynn dena elva kali raelynn keri luella janette willa dina ashleigh myrna chelsey jodie elaina
shayla randi malia katelynn izabella aniyah catalina julianne elsa latasha arielle ola hillary heaven debora haylee
cherie angelique arya cathleen eugenia adalyn lara shana polly alyson leanne kamryn brynn camilla joni tiana brenna
jayne alta eve tania karin imani candy lorna luz carissa shanna leola rosetta shauna imogene simone lexi cierra nell
ingrid greta kenya elvira selma kailey sondra colette rosalind lia londyn margo winnie amara skye arabella emilie
maeve nyla taryn viviana kiana hilary aspen susanne aisha rhoda haven elliana nola alanna darcy lizbeth julissa
audra leanna glenna trudy nannie ashlynn jenifer blanca staci clarice frieda nia lyric maribel raegan ila remi
ophelia paola danna chasity leann carmela rae cadence gemma bobbi alessandra jeannine emilee india bridgette tiara
jeanine rylie mara nayeli deana amira maddison ericka larissa emely cali maritza octavia rosalyn jeri sloane margot
bettye madilyn madalyn lilah lenore tamika macie adelyn noemi lainey mavis virgie angelia sheena abbie jami ruthie
keisha tonia sarai elma baylee vivienne lilliana lorie cornelia journey lauryn marcy kaylie bernadine flossie
latonya samara kiera gia amie harriett yasmin louisa elinor kenzie kassidy malinda elnora miracle ladonna neva
magnolia silvia jayda ember maci elyse susana brynlee christi katy corrine evie perla esperanza myla ariella cecile
itzel nathalie dolly brianne carmella mikaela emersyn dorthy blakely ainsley sybil kiley nelda cortney noreen terrie
araceli karissa dulce kyleigh regan lilian kinley liana kelsie hollie maura kaylin paulina susanna anya rhea
fernanda bryanna precious melina zara magdalena juniper mina tabatha gay tanisha annika kaia everleigh dollie thea
kamila letha melisa selina dona chanel belle charlee lina annmarie alexus pearlie claudette anahi juana valarie
roxie elle eleanore odessa roslyn latisha katlyn martina madelynn beatriz amina kaydence augusta reyna amiyah
marianna joselyn freya avis mariam janae dahlia elissa felicity saundra aniya ilene althea libby leia kimberlee
arline loraine liza abbey alyce marta lorelei maia lorrie aurelia chandra marlee adaline carley sharron madisyn
georgina jeanie scarlet journee anaya lexie alani celine consuelo ester nicolette suzette jacklyn jazlyn zelma
nanette deirdre addyson destinee nona bria lavonne zuri melany earline anika jimena mari zelda carina danica
annalise joelle kaitlynn hailee cathryn estrella aleah deja carlie bailee graciela shayna kaleigh ayanna halle
earnestine kori gillian aylin queen janna celina reva amalia rosella cristal corina brandie roseann winter thalia
amani margery casandra jerri princess kathrine chrystal adelina shania janell minerva lesly kierra lelia marcie
alena tillie rosalinda kaelyn luann harlow luciana jaelyn jaqueline edwina charmaine cheyanne alaia terra rhiannon
raelyn gracelyn carlene lynnette dayana liberty isabell chaya katheryn nataly kennedi stephany kathie aubrie evelynn
lessie marietta tierra chantel tiffani maliyah annabel miley deanne jannie annabella lourdes micaela kiersten ursula
hester rosanne tyra kourtney deidre tess aline janessa bertie rosanna corine dayna wendi kaila petra lyndsey birdie
wren adelynn leeann roselyn dara georgie tamera nita haleigh kailyn briella melva concetta gussie mira earlene karyn
renae demi luisa skyla meaghan rebeca marci lilia renata dalia selah laney adela tammi saylor maryjane edythe
josefina jolie maryanne chelsie giovanna louella tamra rocio tayler veda kaye christen kaley benita deena aida
yasmine zariah reina sheree karlee emelia alia chana beverley madge georgette america kenna roxanna adrianne astrid
cori averie tianna madyson moriah ashanti janiyah zella marilynn jena maud yaretzi carlee mckayla mitzi brinley
nylah damaris maryellen bridgett desirae kadence marylou maricela rayna jayleen catharine clementine krystle maryam
iliana wilhelmina lakeisha cari kailee gena yadira vada wilda tameka kacie tamia noa lulu keely cordelia rosalee
arleen francisca hana saige gracelynn kehlani winona trista beryl jaycee anissa maren lilith kallie annemarie
lakisha theodora patience vida isabela emmy diann christin justina iona caryn sharlene raina kaliyah ashly abbigail
kaylynn lawanda lizette aleena valencia elianna kristal braelyn janel alecia kaylyn belen coleen ansley farrah leora
annamarie jaliyah roxana shaina leta ryann ayana fallon twila maudie giuliana brittani daleyza isis dessie angelita
millicent kalani cherry kitty maisie kailani xiomara aliza mariela alayah macey maranda lesa alfreda letitia karlie
brylee kimber ciera katina claudine ariah meadow marlena florine lauri charli bristol breana lidia cherish joslyn
madilynn ivette karol demetria coral elouise marquita dani davina janiya zoie zaria manuela arely pansy mayme lona
karli christiana shellie gayla paislee cayla karly freida lacie kaya malaysia aliya lettie nakia denice cataleya
danika portia azalea julieta retha siena milani essence lindy mercy racheal jaylah rowena alvina dinah jaimie leota
delphine gisselle lucretia paloma melodie danette robbin marva merry yareli breanne judi milagros vonda marisela
shantel deidra tatyana dionne wynter ariyah nan felecia alora amirah alaya natalee marybeth amya haylie kaylani
deann rosalia ally alycia giana catrina myah evangelina sandi kelsi kathi starr kaci savanah gilda leyla ashlie
kenia margret liz jaylene salma mandi johnna sade celestine ione tessie emmie zora addisyn venus tera berniece livia
delma esme latanya oaklynn karrie elia philomena dottie georgiana magdalene jaylynn corrie linnea monika anabel oma
aracely amaris mireya ivanna chastity aiyana braelynn lauretta christal debby caylee jacquelin kimora treva iola
emerald fanny lilyana jaida addilyn laci suzanna shanice caren alysha lura madonna rivka lisette keyla tisha mazie
pattie sarina berenice antonella alysia miah kasandra jazmyn evalyn shyanne jaelynn fabiola agatha aryanna amelie
lorelai sariah georgianna tana selene katarina bree alessia maleah lashonda yazmin enid avianna madalynn maegan
patrica latrice zola antionette griselda abril charleigh brigitte lizeth suzan erna dovie tiffanie dorris anais
estela stacia rayne elda andria marlys asha daria kaycee emmalee maurine kora kami carli katelin ofelia kensley
jayde sherlyn roxann noor anabelle galilea jeanna malissa rubi zahra marcela kristyn elana annetta kirstin lyn
hadassah lorine allene bryn alene holli harriette roma linnie taliyah kerrie lolita alexandrea emmalyn delois luanne
reta treasure kianna dania carmel aliana doretha aviana valery amiya audrina kayley cecily gertie lilianna stormy
samira poppy whitley brisa jacey chantal richelle unique jaylee kaylen yaritza kaiya aitana aja frida star misti
darleen kenley violeta shakira cristy harlee hellen sydnee vesta starla jamila tena lakesha marjory amora malaya
averi vernice verda kinsey una ami lylah jacquline charla geri lorri sabina ona eleanora katalina shanda belva
nathaly henley mika miya monserrat shyla elora dorene kayleen sarahi karley joana katerina jazlynn briley moira
destini ivana jessi antonette lucero kia kalyn kala barbra elida karma cathrine susannah cindi nelly jeana jemma
annalee elvia destiney andi rikki alyse flor ginny collette michell velda alesha lucie dream aya eryn juliann
valorie danita alesia arlette noelia mathilda lissette milena iesha socorro khadijah yessenia shonda imelda lani
marilee ardis halie alba renita leonora charleen lyra calista danae royalty pamala azaria candi peggie evelin sylvie
vivien siobhan mariel hettie keila roseanne berta alannah denisse niki blaire adell elyssa sharyn emmaline aryana
dorcas salina nalani tamela jenelle adina mariann karmen analia bess lue litzy raya danelle nathalia twyla saniyah
zariyah laureen laylah nedra maryjo natalya zaniyah kayli corinna ruthann alysa tressa leandra nila stefani shaylee
tonja marin zainab shelli kassie yara tamar rubye nikole estefania carmelita aletha ayleen floy ines mimi ariya
saniya eloisa johana avah jaunita vienna kandice lexus dortha ima jakayla tenley everlee lailah braylee karis
carleen lavina tosha lyndsay annabell caryl milana anabella rosita yoselin romina chantelle allyssa kisha joleen
melvina jocelynn amberly emani joycelyn keeley leone liv makena ashely eleni krysta leigha theda areli josette
idella tawana janeen gwyneth kairi ayesha darci kyndall britany yuliana dayanara rihanna eboni vanesa shaniya
jackeline terese taya soraya lovie vikki promise kaylah mariyah teressa nanci ireland adilene bettina alisson bonny
priya adria blanch brigid latosha aleta hailie sharla adley carlotta adriane lillianna carolynn laquita yamileth
kamilah marlen jessa nicki coraline golda emerie kaela juli kandace hortense shyann maybelle mittie maira annelise
malani nannette pearline malka katia charline paityn naya chiquita lianna farah meta pilar novella kya bryana
shameka kristan verla wrenley bethel concepcion jalisa prudence abigayle evette kylah margarette riya cinthia myrtis
grecia ivonne cambria violette leonor chanda ailani kynlee maribeth yasmeen mylah sanaa marnie sommer jasmyn
carleigh joi shante sariyah kacy afton leatha dawna evelina nicolle marceline capri kelsea brittni heidy giavanna
orpha maddie jessika kathryne amia oaklee vickey era nya karolyn adella zena lida lisbeth dalila felisha annalisa
marcelle xochitl abagail abigale emmeline leatrice corrina marleigh roseanna sharonda elina isela janay nala serina
breann danyelle jailyn pennie lesli chyna deandra stephenie venessa nelle anjali ellianna anneliese missy rhianna
oralia kortney gaye teena shira alyvia caleigh jenesis lupita sunshine ashli shirlee ardith brigette darcie venita
chiara arleth brea melani navy edie aretha carolann yajaira mai kalia cami aliah adelia mellissa alize latricia
charlize fawn shanika scarlette ilana lizabeth jerrie tatianna cathie kattie meryl lavinia easter leena elodie
reanna dian shelbie estefany ileana shoshana lanie jonna rosina jamya kandi kamille nichelle syble jenni filomena
cailyn montserrat roni hayleigh anisa love judie brandee joanie shelbi shannan cheryle oleta adelle gerri katlin
melonie rona tayla savana calliope hulda jessenia alaysia joellen aislinn keshia nyah salome nyasia dasia desire
tressie linsey sydni rosalina karie mozelle blythe gisele aminah fran amayah jayna meg jazmyne egypt tanesha kandy
stephani iyanna ernestina charisse andie harmoni kalie neveah heavenly rubie maliah audriana kalli vina alianna
shanta melia kesha bambi jerilyn norine magaly iyana jannette kendyl chanelle elvera harlie donita louann jacalyn
sydnie roxane kaylan romona jordynn keily candis zaylee breonna cydney trena salena elin jeanetta yahaira emberly
albertha clover harleigh jalynn charissa kathlyn khaleesi samiyah latonia shaniqua kamiyah echo bayleigh shantell
nada jaci elayna jacquelynn taniya marita kinslee shamika zina anastacia winnifred delanie madisen darline evonne
yamilet kaylene sarita khadija sherie lanette leslee janey albina aubri karleigh windy alda shreya vilma hadlee isha
lyda kaelynn diya madaline leisa sabra amaia aubrielle keren shara tawnya aundrea malika caitlynn dalilah dori
lilyanna mariella raylee lynsey margarett keilani oaklyn christene alethea brionna honesty alyssia nena leana deasia
felice ouida glory geralyn emogene sofie shirlene audrianna tresa annaliese krystina casie priscila aleigha sapphire
dorinda misha eulalia soleil norene dorotha kyndal haisley estell luana halo natali kati keara racquel janeth zaira
jesenia journi celena brittanie nailah makaila tarah rina sana niya jesica shanell lakeshia ariadne keziah allegra
ema gearldine aura amiah azul ferne lorinda lashanda saanvi daisha kailynn rana naima erlinda holley myranda kayle
blessing emmalynn sahara zoya shalonda bernita vergie alida devorah hali ronna florene china shanelle jaimee
elizebeth jolynn carin cinda vivianna aubrianna bryleigh persephone mellisa zenobia giada tyesha cielo zona vita
leilany janiah marti alexys shani izabelle aiyanna tinsley audry tanika anisha analise monet jeane ayah karolina
calli isadora lavada evon karri cherise abrielle jerrica adalee elna jersey elly jamia jaslyn kalea carolee esta
letty pricilla ethelyn chrissy zula jurnee melony sibyl honey lita mallorie dedra lilla estefani gigi grayce shiela
marielle samaria mindi debrah almeda myrtie carie keli delta santa herlinda julisa cristin marlie amethyst mechelle
addilynn anitra franchesca leela marylin malina carlyn citlali charis georgene elmira elysia maylee jeraldine
myrtice symone daniele itzayana shasta neha anjelica jovie renea ailyn cherrie britni sequoia nella amal cassondra
denisha mylee lilyan novalee guinevere migdalia charlette maiya verona kaleah linette loyce stefany velva maite
gaynell shavon hadleigh elicia lenna calla viridiana abrianna suzy gracyn jacinda crista delphia acacia tawny
jocelyne kasie avalynn demetra gisela indie samatha taniyah jazzlyn halley catina eda jacie joselin mickie tasia
soledad taytum barbie karlene stephaine sheyla joella alanah carma jacy laurene risa kalina kirstie cherri malayah
dariana kathaleen evelyne mirna leesa adyson avalon inga gretta leilah marleen fonda sherryl vonnie jaymie kataleya
yulissa sanai kiya cristine audrie delana tiera lu elayne mahogany eldora aubriella tawanda emi dannielle josefa
raylene jasmyne dasha chelsi jianna arianne sailor krysten ria suzann porsha davida alea malak shawnee vernita sudie
sherita mikala kenisha ailany cleta meera delfina dominga samiya adah zulema quiana simona toya chante leeanna
malena katlynn alisia malorie nikia lissa cammie tierney ananya hortencia payten araya jacqulyn avani jaycie suzie
kalee rachell beatrix chevelle aila yessica odette kamora kimberli luvenia sherilyn yarely nyomi stormie corene
tabetha jerica nechama queenie margaux rosaline roxy janaya raeann pinkie jackelyn stormi adison kimberlyn kindra
rochel ariadna tawanna yolonda sharee zaida liane caydence willia cloe shianne catarina loni analisa nevada rileigh
barb jettie jaya angelic saoirse cailey maisy jaquelin kaidence pia jolee ellyn debi keyana tallulah mallie kiarra
tyanna artemis dayanna emalee lili rianna yetta alli charisma colbie meghann marge tangela sharen wynona loriann
dionna oriana sheron izabel brynleigh joseline thomasina ariane herminia aspyn annamaria deonna ayva azucena
karoline cailin laverna kellee bethanie isobel yaneli rilee lanita christel oakleigh kalynn novah nydia raylynn
nereida elba vianey raine zayla bronwyn audree annamae phillis randa greer jamiyah jessalyn kimberlie zendaya
vincenza britta ariela jaleah jeniffer debbra aditi maile danya rowyn preslee tomeka lluvia kamya laniyah louvenia
ronni keanna mackenna abbygail elenora makenzi deneen temperance fatimah aanya arizona seraphina rilynn tinley
katherin loreen lavonda brittny alise viva amariah candida carolyne giulia jubilee drucilla angella palma cyndi
keyonna dennise saira erinn avalyn olympia georgetta joetta aviva noelani tiarra emeline caprice zandra janene ena
magali janett mozell emme kiah florida zadie delila jacki tobi jennette anniston gitty jacinta makiyah spring
keturah miyah samia rosia jalissa tenisha kathlene freyja vallie evalynn chantell charolette laina karena ensley
domenica chassidy deedee laraine aarya faigy talitha sanjuanita shaelyn joye loree iyla sherron billye khalia
meilani ardella baylie reem carri lyanna shanae idell serafina torrie angeles rafaela zaniya kyara brookelynn
shanita kera pepper keyanna larisa mayte leda veronika leighann chava torri zahara lillyana tracee madelyne rolanda
larae merissa destany matilde suri eugenie jordana makala rosalynn sari haydee myesha marni retta zia nariah altha
odalys anayah tahlia mirian avril marylee neriah madelaine ariyana josephina melania taliah teresita brookelyn
marcelina jenae nayla ciarra lexis lonna magen lilli phylis suellen emiliana jamiya aubriana aryn xena marylyn
paisleigh amparo kaytlin kathern alanis janetta kelcie lillyanna rachele keona nour stephania rebecka buffy becca
tala josselyn eveline zakiya milania chelsy autum sabine nancie manda ilona joslynn jovita rosamond ameera lilyann
dafne yanira babette brittaney karah jaylani kamiya kierstin bobbye baila jaleesa irie kloe sena janee tonie kelsy
amyah aranza delisa idalia jonelle magdalen arnetta blossom pyper ania nilda tamie shaila tanna milly tyla mirella
vannessa marilou neoma brynley neta aniah camellia sherrell trudi gwenyth bexley aadhya berneice jenessa julieann
angelena brieanna skylynn johnetta venice anamaria cristi kenzi ryanne corliss rori tomasa eris myka jacquelyne
kaira janiece jovanna lesia machelle nahla adilynn adamaris kathyrn clarisa merri madie dejah pamella madelin alona
makaylah ashlea joie kecia trudie breeanna sirena janai jodee anaiah symphony apryl arwen leeanne laniya krystin
myriam ani katya bernardine brie christianna jailene rayven jaslene minna naila layna noella dreama romy violetta
adelaida latesha laurette natosha jazelle inaya gizelle haily serene kaylea pandora rylynn susann shonna johannah
velvet kaeli lakyn brynna jennah torie zada allana kyah aysha hedwig sigrid trish santina kamilla rania deisy freeda
gladis aleksandra jenell carletta daija maple shanaya kensington elease mercedez nori samaya kymberly tamiko emoni
enola armida genna makiya shaniyah vernetta lawana bulah carisa londynn sunday nakita shandra candyce randee martine
maylin milissa addalyn akilah emmerson aleisha hilma jania rashida lianne alliyah signe caterina candie nisha
nallely lexy simran debbi klara claribel imogen cosette jacelyn triniti zita cienna maida kristel kamaria ludie
korie eartha halee jamee zaina shavonne niyah adia aleia deeann dione italia chyanne dalary phebe shaunna talya
rayleigh vania arvilla drusilla zenaida willene meggan tomi nichol ambar annis vivianne cianna janina lanae kaili
talisha mayah keyona genie cherokee maricruz rosann camelia meranda alessa amarie arlet layan jorja chanell amilia
siya jenniffer xenia kady mahala tamala latia dorine kenyetta shawnna magda klarissa jeni maris shawanda angelika
beckie kelis shivani tiesha maryn lashay christena danyell solana angely destinie anessa lotus abygail marely
roselynn coralie bethann skylah marlana prisha enedina laylani aleshia samya hildred taisha gema rosalba arlena
brittnee pearle verdie velia elexis citlaly delora tamatha alaiya peighton ariyanna georgine amaria luci vena zarah
odelia alyna devora rutha taraji bernetta tennie jaclynn yuna lise jamiah julee tomika jenise kristiana tamya
cristen allisson arla antonina karisa xitlali sahana marli karleen sindy anja rozella chesney brissa milah annaleigh
maizie denita kaileigh makaela nidia tyana aleyna elli gennie magan vayda harmonie taina brinlee jaquelyn maycee
amyra mandie regena laquisha kandis yaretzy angelyn melynda keana makiah alishia sandie anette kaytlyn danni dacia
aarna ela julienne melodee keesha lorretta ashlin devona emelyn jaela madelene annabeth latoria madysen versie
aislynn safa mykayla micki aleyah shaneka tesla meridith odalis reya tova taleah shantelle maelynn marna aleen
jonell rhylee emberlynn ziva adara kinzley christeen ruthanne nayely brynne anyla divya safiya kalena amoura jaeda
elois rilla rebeka fae loyalty lakia ebonie launa sharita briseida merrie natashia sharyl jamilah cheryll stefania
yazmine regenia nadya caley reatha bayley daysha sharleen kiesha olyvia asma bell lavera kadie qiana claira addelyn
delaine yusra alonna kinlee ammie coralee penni jocelin dawne kanisha ravyn maryanna lera mariya viktoria elvina
doretta jaila julietta micayla mabelle jesslyn karely yana donya neely crissy yuridia journie korina amerie emelie
vianney earlean gracey raye malaika tionna lakelyn tanja sia lillia kaisley kirra ameerah gaylene genoveva elowyn
anayeli denae skylee anjanette ciana kaliah rainey allysa tuesday delicia lacee miesha caylin aniston zipporah
glinda malky rosana abriana liah mattison nickole raizy rosaura steffanie karime shawnda cathi perri siera kerrigan
kerstin margaretta rosaria naoma taylar gissel wanita candelaria sunni alita laurine kaily lory kacee sunnie mammie
celestina emmaleigh lizet pauletta bianka malea daina alvera shanel alethia becki larhonda zinnia tammara baileigh
libbie emeri daisey kateri mariajose jiselle markita meri rosio amada maliya ellena maryalice hazle eman tea betsey
isamar kaniya lanell tavia coreen kenda marigold sarena bracha izzabella kittie waneta drema johna merna verlie
nakisha ninfa arissa lucila arionna jazzmine peri nika sinai leslye hafsa passion raelene amarah cady callista
dimple lachelle alverta cleopatra fatoumata lillyann khalani krisha kyrah ranae sahar adriene indira arika taelyn
coretta ashia asiya laisha dorthea kaycie janelly tonda glynda jeanene taelor kelci lovina danisha synthia carlota
emmarie jannah zaya alexsandra shona lillyan kierstyn yesica phyliss gwyn kyndra thora caelyn jori lailani daja
lezlie melaine shaquita ethyl kaydee tilly cassaundra makyla fairy tiffiny arletta ivie kalista mikaila brayleigh
jacqualine lisha lawanna phylicia citlalli merlene nubia adalia cicely coletta adilyn denna arica karlyn tarsha
silvana madlyn margarete teanna ilse kezia zaynab elisheva katey kizzy tashia cherilyn janya shakia cassi shena
elinore dynasty frederica yocheved leylani glendora kiyah kellye marah kelle laticia vashti adalie inara malisa
zhane jacklynn keena lakin thresa dia kasi latavia dominica erlene ozella seanna hildegarde siri daijah latrina
georgeann jannet merilyn mahalia rebbecca tari jeanmarie lovely marwa jailynn kaniyah lynelle hedy kirstyn fredia
leonore maelyn shaylynn marbella brittnie eisley kimberely maryrose anai reena irina adora carys raeleigh tarra
candance catelyn loma cambrie ellamae marika beverlee lakendra laronda saray jamaya shaquana sheilah nautica
sanjuana jann tiffaney edyth raechel michaella gaia jamesha beaulah yehudis zyla cambree jeanelle cayleigh lashunda
monae chasidy jazzmin oneida tamyra gisel myia gwenda mardell nyra addalynn christiane chynna marilu tanvi hawa
riana zana jaslynn jenine aliyana bea gregoria yanet augustina vella ragan stasia azalia felipa lauralee sedona tiny
zayda almeta aminata calleigh jetta kailah mistie mignon somer chassity thomasine cordie markayla nicol rivky
saphira shaindy pamelia elenor lashawnda glennie tonisha twana anali lanora jaymee kenlee cathey samone ainhoa
kinsleigh emmi delinda liya everley halima helga michela angelie dailyn maybell jaina rayanna asya kenleigh reda
kalei wendie thais katrice albertine jiya kellyn marya evalina tennille tyasia anaiya macayla mellie tamisha analy
ceola niesha september abbigale sanjana ailene arabelle karren lelah krissy michelina neda maryah janyla kyli
adalina rosy delena shamya emmer deedra elani irena kyana hanan january liyah marylynn aylah lindsy tamira josslyn
juliane shanya analee dannette charise eudora harlyn darcey ileen journei sueann wrenlee aysia leonie brinda inell
eternity marykate tatiyana theressa jasleen shelba towanda tamica kennadi brylie celesta euna joline nohemi jia
karyme tequila anel marquetta avigail rosalva corrin raniyah sebrina amity karmyn jalayah shekinah italy willette
karisma hensley marivel leyna monnie kaylei batsheva porsche courtnie joscelyn josalyn tanaya gala audrea kinleigh
katheryne corrinne laynie petrina karyl arrie heide zoee kaleena katharina kassi shaylyn mariama theola cristie
lavender ambria cassia lanna lark mikki milla flo rani aoife naia taylee allena leisha felica kimi zoraida analicia
talisa anyssa maryelizabeth roselle eilene exie kavya abbi janise alya luetta amberlee floretta shannen jenica azure
janely sumaya charlsie darlyn avayah patrina laikyn onie aryah kynslee rebekka shala sima belia falon takisha naomie
siara vanita kamara mackenzi allissa lakelynn zetta aleida elyana tehya dezirae jala latina cheree detra lady arnita
corissa hanah fayth jossie trula ashlei hiba donielle presleigh contessa jovana annastasia rea taneisha jadelyn
alyana tirzah lamya brooklin hermelinda emberlyn delpha glynis aleya melyssa navya tilda cinnamon janea felisa
illiana veta dajah laurice melodi mckenzi theresia shanti yulisa jenee jina adamari consuela vanna maja mariaelena
dayla shiann johnette kyanna shaniece miabella sulema zakiyah aerial joette rosamaria keiry mileena aide ayra breona
cassy nicoletta brooklynne faviola kyrsten nariyah donetta lillith samarah shalyn oliva felicitas delani xyla
sammantha chole alaiyah sabrena genevie korra pooja lavonna molli myriah skyy jolyn sharie latarsha birtha elisia
juno tatyanna jahzara marygrace beyonce ysabella bunny nerissa nyree sherika haddie jennica sianna bari takiyah
georgiann laya brianda kynleigh takia renay syreeta pearlene fredericka janella zayna maha dymond medina penney
deyanira ruthe verena deeanna francheska maye olevia aadya diandra gracia abriella lynlee abigael aleesha caliyah
teddi keysha jenette delainey bliss hildegard shawnta valeri dorathy shaniah jenice luanna story zofia melissia
renesmee annah guillermina shaelynn mylie sanya markie dyan margarite marylouise hollyn alline angelene aziza diedra
alyanna angelle lyndi liesl lainie britny amaiya cloey arianny clarabelle taja kahlani akshara dyana hindy seana
maisha keonna lavonia alexie esha huda junie robbi kena zariya cattleya jesusa keya lakiesha pearly francie xitlaly
nadene noma letisha shaylin baleigh emili kiyomi samirah deloise doloris lurline phaedra vianca felicita keosha
najah sania tamekia tamesha zoila delina meda shawana teal willetta aislyn aiza jadah miki shriya tawni desirea
lajuana shanequa verlene emaline adelita eulah cherlyn aeris marry jalaya merrilee valda mischa mickayla lucianna
macee janyce kenadee melita milagro natisha florinda goldia gisell chloee raelee ettie kamaya avia enriqueta
alizabeth cassey uma vanity wynne kellyann veola emalyn brynnlee laynee ressie samanta ameena estephanie keaira
shenika alease lisamarie ethelene hayli michaele nicholle miriah zhuri amiracle erynn neida mattea neomi cher janita
flavia kennady mertie tyisha haileigh jayci kimiko makinley charlyn kilee steffany mozella tamiya ahuva marybelle
dea georgeanna asiyah naomy donella alaysha tambra viki arcelia candra dusti fantasia nakayla almira nahomi nyssa
sanaya andreana annice charlena lorina yitty aiko joely elodia latrisha nilsa tesha inaaya elanor etha jennyfer
lashawna coco dessa clora tommi fabiana loralee izabela latashia cinthya diedre desarae emiko helaine hortensia
ayvah nicolina gertha loretha eila lavona elenore illa sharilyn shirleen ziya madelon nakiya syeda aylani shaunte
alaura faustina rya yoselyn annalyse jemima priyanka desiray madelynne louanne alyza keyara amaryllis emiley vianna
cate rheanna suzannah crysta wonda sherril cally koren dorie mathilde raeanne joya jenevieve issabella andriana lala
leni tula neena hala ivelisse kenzley merideth iyonna cailee klaire tashina cherryl genelle la shylah caridad
elizabet elsy philippa kanesha kizzie lynnea makeda zenia avary elberta braylynn kelsee lorita calandra billi elowen
loralei margurite hermione shalanda shandi madolyn alara chelsee creola devonna emberlee adena mei alexzandria
celene katilyn ananda anela ilah catheryn kamiah romana shakayla adira eowyn preslie avelina zakia zaniah briseyda
jani taelynn chenoa julieanne melannie sandee wava hosanna katana awilda kenadie naveah sakura shyanna elliette
francene georgann rasheeda lizzette noemy sidra avie cameo nisa karrington madisson avaya laure linh dyanna julene
analeigh indya loreal marinda niah sammi cleora oona adaleigh arisbeth breeana kamia lynna rochell raeanna amiee
naida verity honora jacquetta maricella rue amee lovella kasia ysabel lasonya ellia keasia irelynn raizel concha
linley anylah brienna maisyn kylene ambrosia lisandra margene lavenia britnee evaline iqra anushka lorianne myasia
shanique alayla emmanuelle rhona dotty jalyssa malvina clementina stephine loryn aziyah briona lakenya lucienne
vanda destanie clarisse tempie amoni dagny solange cheyann kambree shonta otilia deysi cherelle marijane arlean
genia khalilah mea sharmaine florance grisel kyley mitzie shantal treasa maryssa londa theodosia empress lamonica
tynisha wednesday mekayla alane katherina amberlyn daniyah ebonee laela aleyda carline shamara carry clarine mena
avarie izetta jaide leen amna kiona sariya agustina akia krystyna lilibeth jama hayven alasia albertina criselda
alexius ieshia kayci eleana larita zulma aine saba sable kloey shifra ula zayra bailie jacee marchelle jazzlynn
naimah anyah arletha erline marly saraya dulcie isra jariah sahasra whittney kelani courtnee sparkle rayann stacee
teryn yanely caylie kambria analiese jameka jhene lashae ashante sarrah briann kitana lakita francina oda sama
ashlynne colene shaunda emrie yolande brittnay leya camie chloie raena rima romelia verenice markia modesta katharyn
dede kinzie lilyanne meah kaydance classie jelena reema tasneem irish stevi adrina alvena virgina jalia kathey
maryan minda naisha veva december desteny sera missouri naiya pippa hennessy navaeh dagmar ayat kerin karalyn
shantae denese hermina romi shereen delylah gidget joannie anaiyah mayla rebekkah abilene delaina floria kenzlee
gracy saydee daniya haya latoyia gricelda riva saniah avalee joceline dalene niamh arriana bebe renetta adreanna
aneesa goldy kylea rebeccah terresa nirvana jamaica khloee florencia keilah ladawn lucina hinda janean kiyana leonia
kapri kendyll mallori nelia samaira raniya angeli meira shemeka vittoria irelyn zuleyka amairani dorthey hassie
kenadi marjean sheryll marye neve cammy eleonora evelia havana sherree tyeisha gaynelle geena khaliyah laveta meena
myisha lexa shenita kahlan erykah fiorella keiara lanelle marisha sakina vertie angele samiah toi michala roya
fallyn trinitee evolet yoana analeah annalynn florrie louetta safia atha mckinlee alexcia laquanda mckinzie calie
eura shamira ainslee darlena quanisha tameika hermine yasmina zarina nyesha zamira alysson irine jeslyn marysol
mirabelle nissa cozette hayle keylee marvella sadye aaliya hadassa jacquie margy ansleigh graci julieanna marline
sophronia channel ilda donnetta lasandra nelida raychel sumer taneka camry kasha akeelah despina nadiya corena
mikaylah aggie elara yelena gisella azalee blima jayleigh ceara jeannetta diona elisabet elysa jahaira maelee tommye
damita shera daphney isaura merida sherice aubreigh tonette keelie shanee kemberly brienne daysi gwenn sherley
talaya ardelle avni emilyn meleah alysse rashonda jennefer jesseca erminia nidhi daphine sayra maizy aisling arayah
arlinda jaydah lyssa allean nadeen aleeyah blondell gypsy nairobi addy anglea nataleigh shalynn elfrieda melda
shawnte aleeah kareena micheala taunya keyli dava sharlyn earleen sherell shatara azeneth ellyana fredda gracee
makaylee tali georganna jazlene lyndsie annistyn carmelina cheyanna conchita keirra kym latifah makenzy arlyne
camillia kinzlee lauran shamia zettie ajah jesusita berna devina loria lynetta shanise takara gretel jakiyah oneta
alyx billiejo bobette kathia breauna renna ayda giulianna lilie mabry madina maleigha stephannie karima lisset
shanay sharice kadijah sury arrianna jerika porscha cordia layken alexsis maycie rayla shemika anny hertha johanne
nikkia harleen sanvi britteny deb rahma rozlyn xochilt bibiana keitha leanora liyana mali veronique deziree marleny
kalaya parthenia tisa betzaida emarie tama voncile eiza alaine briannah sicily bryna damya nayelli zari evelynne
delsie marrissa tenesha genell martie katara amore antonetta courtenay emy laree nida sneha christianne gittel
khushi debroah edra sheyenne anabell elif michaelene kandyce lainee maribelle nava eliyanah gaby gwynne lanaya
mazikeen amalie keiana katrena destine dezarae lashaunda thania theadora tona cesia gwendolynn naudia aaleyah alyah
temeka ainara carlena kaeleigh keilyn madalene nahomy charmayne paulene terah elta tereasa darlyne arvella amberlynn
annalia bonni jakiya joslin kina azia vennie yaquelin britani teah amairany akasha charita terrica kiarah leiah
shardae shawanna bettyann emilly nakeisha nijah ronisha sona cera hallee joselynn ellee manal suanne emaan maliha
faiga michayla paizley divina shela suzi tytiana andromeda jackelin rilyn sula emelda cyndy kailin atiya emori
kimmie latara stori harmonee ranee remona cleda jannat meriam bettylou yatziri daneen tandra michaelle regine kally
rama sonora liora marlaina roselee aaralyn emeli malory monna rawan rozanne ryah eliora emmanuella genevia heba
meara blakeley gissell keandra sharell tesa dot marolyn carlita nilah jamika aaniyah anahy breasia emileigh gerrie
lamia roseline shannah alizah chyenne kaori wende annita cerenity danasia esmae evelena kylynn natacha anijah
avyanna jackqueline ermelinda ilyana kynnedi magdaline shakera tyonna yohana zabrina krislyn makia celestia
henriette yulianna analiyah darcel kennedie margrett ardelia keirsten lakeesha neila mairead tausha zamora akayla
lorean rashelle inger louanna malayna sharolyn anamarie brina evalena rosena nadean novaleigh avonlea breyanna
paiton reita anslee breeann buelah nonie valinda zeynep trixie twanda assunta daenerys merari adleigh nancee taylynn
halli icie jamaria angelee carra majorie briseis marielena niccole rosabelle ardath delany deserae sayuri chere
gardenia jaymi leonna olene darice necole briauna rylei shireen brilee everlyn katelynne laurinda nayomi pa aili
tiona allisa kandra lakayla georgianne memory ziyah tammera zeta jakira tijuana alexzandra sonali monette aylen
yadhira fleta sadia sharhonda tayah twanna alys my nailea annalyn jorie yoshiko blakelee dayra denyse sinead jeralyn
shenna kailany azra maddilyn neela tamarah abbe clarinda cleone rayah abbigayle blanchie myracle orianna rachal
yamile dove fredricka alejandrina brinkley kristeen nivea ryanna adhara audria leeah maralyn blakelyn kailie nawal
darya tynesha korinne mariko reginia savina aseel dyani junita marquisha arizbeth doria kalayah leighanne rella
brystol carmina lahoma shamiya thyra aislin delorise shalon clorinda kansas lillianne taneshia marguerita zylah edyn
evy kenslee layah tempest nessa robynn roslynn vy charlesetta gweneth arwa jacquelene jameelah teodora briza jennell
morghan daira endia genny sharika sheronda sela sharri aleeza jonni alyshia sabella audri mackayla markeisha kiani
sada sarabeth arminda joshlyn refugia anvi elyza kalisha toniann azlynn tamiyah danesha jozie mykala october raisa
kaysha lavone nicholette saralyn teya tiffini charlean rashell sharae henna neysa shirlie vernia izabell jiana
henretta jerilynn kahlia liddie polina devynn ether giavonna kamala kaytlynn delcie christinia joeann minta starlene
jonie lynae marcene armanda naja tahira jessyca marijo ronica angle karizma mafalda ahana jadore kamri khaliah
marena shealyn tzipora elizbeth jerrilyn donisha tiare venetia ammy bridgit jesika kyrstin aiesha andreina harli
aribella elwanda alica khristina shantay jazleen elexus eriana micheline zeinab bina chany ivanka pollie renate
aishah erianna lisabeth ardyce bethanne rayanne caila naliyah rosey elene maeva monserrath teara antonietta melaney
dodie keva larraine yamilex georganne kaysie shannel carolin jeanice muna johnsie mirabella monisha vernette dua
darianna debera odilia delories deseree vernelle manha caidence kanika vira denia breelyn kymber malerie saya
arieanna lorissa lorry melena haneen mahi paradise ruhi adelene saida sharan bobbijo deliah korin alaska jennine
lanisha teisha evita laryssa brigit doreatha enya lorain mitzy willodean clarita laquinta mccall zamiyah ravin
yecenia bertina deangela jailah anise leyah aurea junia thao daliyah katheleen shaunta nakiyah nelma nicollette
rayleen scotlyn lyndee shondra jalene vinita dayami jewels kimbra kassidi lakeysha loreta carrigan harlynn midori
niomi vanetta kylei aalayah aleeya melanee tanasia jonette margueritte siana tamarra vannesa ezri karalee kimberle
lilliann maddisyn berklee caressa jayanna lavena auria charon dyamond vasiliki paralee donia kathrin lariah oletha
sheryle alizae jayana liesel lossie nikayla suzana zuleika acelynn avamarie gabby lakeya mayola susy valkyrie
donnette kalliope kamie addisen jamira rema lynnae senaida virgia genessis leighanna rheba cayley chloey karine
kaelani twilla vanya alexxis ayonna maebelle chari mackenzy shakita razan rheta camella caris franki rosaleen zya
araseli aveline davia evalee jakia alla kaiyah makya saskia cleola leoma serita joane lizbet izora malana nereyda
ramya emmylou jariyah rashel havyn melrose renda gwendalyn keeli lavette ahsley arial jerusha kortni beatris janasia
melaina rivkah crystle mariely mesha arlett lavetta alicea zamya jadelynn otelia zahira allee beula jazlin marquitta
seema yamila atara ebone haylen ishani meagen myleigh telisha yelitza electa maija aeryn megha yvonna averee bayan
carlina kionna kristianna lenita mishelle nneka vaeda adline ahtziri deetta emmersyn lacresha raylyn serinity
maylene jamilla rhema joelene bevin jozlyn kaelee lizett sheba deirdra carolanne eryka jannelle andee brailey eimy
lecia season wendolyn wenona adelyne caileigh cassady dicie emalie fatou omie rosabella annalie cailynn deona
gennifer gwynn mariellen julieth marlina nikisha aicha anusha avaleigh damiyah destani mataya timia arantza leiana
mykenzie roshanda zakiyyah alicen annissa briahna deniece onita caeli carola clarise annaleah keiko tinamarie
morganne oretha rise teaira gwenevere lorayne pessy jolena joli kimberlin margherita nadja niara jaliah tiyana
toshia candise jazzmyn joselyne maudine yenifer adlee andreya haniya janyah lawren shawntel eugena toria estrellita
kambrie leontine merilee daisie jabria kerra tangie azariyah jaynie terina dorothey evangelia jaimi tashara adalynne
adrielle ahna sierrah tinisha linnette rayana sofiya ailin leasia skylyn zelia aretta caralyn delorse mariza
maryetta sparrow zelie brande damia everlena blessyn kynzlee nelva ilianna jerline tiffney cherice daiana fanta
mariafernanda caia jonae markisha shakyra teonna cloie jasmina romayne electra hessie lindi noura teresia charlyne
teaghan teyana alfredia shanea shelva tailor adaya mareli maricarmen courteney shella emersen kamisha corinthia
josilyn maleia nicolasa vicenta adisyn jamyah argie elona krystel siani wilhelmenia arina ayala donnamarie keondra
kiki payge pricila metta tamaya zeina vallerie addysen catherin divinity merita pheobe annett georgeanne harlene
izola kaitlan theia charm lore nuvia maryjean shavonda jeneen kalila mayrin monalisa mykaela dierdre emaleigh legaci
shaela aixa berdie jaziyah wanetta kayanna sonjia velta alley mellanie ameya janese pollyanna alahna christyn
claretha docia falyn moana anari chantay kaely aquilla chelsa elke naiomi netta charletta deadra dejanae neisha
chrissie coralyn kamesha reaghan oceana arlys jennelle lyndia evana marcey mckinsey nitya tonita jordann adriann
breyana dalena annelle gerda mikyla naydelin samyra zooey alean jakyra jelisa michella anica branda brita jalena
jayline lashondra snow telisa ianna lorette aira emmery icy mekenzie vonna acadia amera kimberlynn thuy tyeshia
verta amila caraline breeze donette katrin landrie laveda paetyn paizlee zailey alayne calia rylea tajuana aletta
aracelis dandrea dorla konnie arnette kalissa myeisha raygan shantia shonte shruti verline yulanda beautiful carita
donie fara ashlan kloie maddyn radhika anner dory tracye christelle helyn patrisha kollyns maxcine yaneth melea
abella celest tesia bonna casi cathern celinda destyni inayah jennafer kandie sherill shila taliya vi jazmen jeanett
merline ashlen deborha glena kayana evanna fraidy kathe martika elyanna ginamarie yalonda arbutus kambri kendalyn
morrigan brilynn eleonore kamea parisa senna shalee tarrah graciella marcelline allisyn jizelle betsabe sherlene
thersa lillee apolonia bayli genevive roshonda shirly lucrecia willena devany honesti ignacia moesha sallye carlye
nadiyah olinda pearlean robbyn zyra flonnie keela kimaya vela zhavia alaynah andraya cherisse kayliana lanetta
maeghan skai winry claris kyna tziporah casondra fayetta gianella josiephine lashana nevaeha ramiyah avari finleigh
marrisa senora sharlotte taleen anora terria avrie laural sharina bellarose brunilda latoshia mikenzie nhi zoha
jeneva kyleen macyn maisey mossie valera yocelin aliviah triana ishika karishma karra kendria maymie rhiana adore
amariana anistyn darah desaray jacqualyn lesha maiah zahraa luiza mariette amena avelyn cherita delight aisley
nakesha saria sherly starlet takeisha grettel maree mikenna zaliyah henny jamillah kylia meisha meliza takayla
yashica bruna caitlan teia aleda josi rayma resa aniela kadee kyia laia lashelle aurielle leonela alizay florentina
lyndsi mckenzy ahlam khyla klaudia sharman susette emree keianna kelia oksana solveig talina tiffiney blakelynn
danah emonie kaliya kelcy nasya sakinah terica prescilla danitza truly ama dorethea ottilie rorie rufina tytianna
yalitza africa alaiah alyiah brenley bula kaleia ardeth hiedi janalee joretta lasha lillyanne milinda skarlett
wynell brandice deitra eliette kensie merrily landri laquetta lyna mettie nancye priscella aaliah arleta bryanne
rida terisa blakeleigh nami tenika brelynn catie halia malikah roshni alitzel jannett margorie carmyn lollie
timberly faiza graceann jayonna halina helaina sallyann seren amrita blenda cindie mirabel taira takiya tkeyah
amyiah liset loleta vannie bethani damara kaisha maryhelen nadira sherelle carlette lateisha leonarda kirah nacole
shree angelea camile quintina katiana kolleen luberta lynnlee abra elliotte infinity jestine jolanda orene rainy
rhian sharol bayla evia ixchel janylah kaija kaneisha kerrin neola cherylann clotilde darling kenedi lenette manya
mayzie makaya beronica ellouise kirsti mariska bobbiejo collene erina basya jaylie kristene tenaya joleigh tani tora
zharia betina estefana gladyce janney berlyn chara timika catrice ellah laurena selin thressa arelis bev jolinda
khylee lovetta zyana jamyra michiko anice carlisa wenda cristel katerin markesha merci miliana teana timeka anakaren
karianne katty lashell onalee shakeria sian amour aulani lua tenille alynna nara sherida steffani kamyah saisha
charmain marcine venetta denisa dola dyann kerrington rasheda shaylene anneke camisha jenaya lynzie nykia mauri
alverna dyanne faythe juna nichola paulita rayonna sereniti marine somaya brieana bushra cherly kollins manuelita
miangel mikelle penina dwana mela viviane buena carmin carolynne kadynce kailea lethia talayah yohanna deva kamry
kenesha mayeli shareen eesha alixandra cecille daelynn diamonique idaly jaileen jessalynn liba roena ameenah
lashundra makenzee sachi amaiyah ayisha ekaterina idamae kaleigha ranya saja erikka orelia tenia chioma delisha
denielle skylin toccara wylene lassie maddyson meegan tira aashvi karmin marymargaret sharde shaundra takira danyale
eliya takesha elidia hilaria jenavieve sabria sherise betzy darielle davonna jailyne kiri aralyn kiandra lelani
lisbet rosaleigh zoei margeret marjie melvia sephora adda analiah jamara jermani nalah azzie lindsie lynley aleasha
keyra marilynne keriann lyriq mischelle november teona yumi zahria ahlani anasofia charlotta donnalee lynsie meghana
shalena shelita brileigh carrissa devi francies ilean jenay madigan shariah yakira aaradhya denine lorelle primrose
taylyn trang aldine cyrstal kenzy lundyn
`;

export const maleGivenNames = `
james john robert michael william david joseph richard charles thomas christopher daniel matthew george anthony
donald paul mark andrew edward steven kenneth joshua kevin brian timothy ronald jason ryan jacob jeffrey nicholas
frank gary eric jonathan stephen benjamin samuel larry justin raymond scott brandon henry jack alexander gregory
patrick walter jerry dennis tyler aaron jose peter nathan adam douglas harold zachary arthur terry noah carl kyle
albert ethan christian joe lawrence gerald jeremy roger jesse austin keith dylan sean harry ralph logan roy louis
gabriel bryan billy bruce eugene elijah juan alan vincent russell wayne howard fred philip cameron mason shawn liam
randy victor isaac bobby lucas johnny caleb francis luke martin bradley phillip travis carlos clarence theodore
ernest stanley craig dale cody leonard alex luis earl jackson jimmy evan danny nathaniel adrian todd joel hunter
allen jayden frederick antonio curtis julian oliver marvin aiden norman ian tony leo glenn isaiah rodney edwin
melvin wesley alfred jesus steve chad marcus owen derek connor jeffery herbert eddie ricky jeremiah charlie calvin
troy oscar carter ray sebastian dustin levi mike jared blake wyatt leroy bernard randall jay shane corey dean manuel
dominic ronnie clifford miguel gavin landon warren chase barry leon tommy devin chris jon don max seth mitchell
brett alvin jerome lloyd trevor bill darrell xavier parker erik edgar micheal lewis floyd gordon jim cole mario eli
colton clyde ivan vernon ricardo derrick alejandro josiah francisco franklin marc tom brent jorge clayton maurice
carson herman brayden garrett jimmie grant gene cory colin everett andre lester elmer nolan gilbert tristan micah
jake spencer sam harvey grayson glen bryce diego preston chester elias jeff aidan cooper milton miles ruben duane
mateo cecil roberto reginald jaxon eduardo hector maxwell hudson javier dan damian ashton lance omar asher neil
darren arnold ezra fernando abraham lincoln karl lonnie roland nicolas tanner roman johnathan clinton brady marshall
allan harrison santiago andres andy jaden pedro darryl bob leonardo claude brendan guy ayden emmanuel jace rafael
raul giovanni drew kurt angelo kaleb ben dalton dallas julius hugh wallace tim freddie brad jonah lorenzo byron ross
felix rick sergio collin bryson brody tyrone nelson perry erick kayden dwight willard ezekiel cesar greg ramon
mathew easton dwayne armando marco emmett wade ted kai shaun virgil terrence israel morris caden silas terrance
clifton weston luca august cristian kaden kent stuart malcolm simon damon axel bennett kirk donnie elliott daryl
luther dominick jaxson ryder dillon jonathon maverick fredrick abel braxton dave damien julio kristopher malachi
alberto elliot bennie rickey ira bentley otis beau donovan myles homer camden joey enrique jasper gage jameson rex
lyle earnest gerard graham greyson trenton leland hubert colby salvatore wilbur alfredo conner arturo josue archie
declan zane ellis chance alec neal gerardo brooks geoffrey jude horace emanuel wendell darius forrest rudolph tucker
marcos willis amir kaiden grady kenny edmund bryant kelvin dawson emilio trent zion rudy dante lane nick clark
griffin waylon pablo randolph salvador orlando malik carlton benny wilson tyson ty garry alton roderick maddox
delbert will braden gael myron alonzo sammy jaylen jayce kingston walker ernesto irving fabian sylvester pete
quentin brock ismael lukas toby jermaine junior saul kameron moses cayden mack cedric jalen keegan lowell alfonso
carroll milo corbin reid kyler trey rylan wilbert laurence sterling clay gustavo irvin ryker desmond sherman
nickolas woodrow emiliano ervin xander otto conrad roosevelt terrell demetrius solomon sheldon king cornelius hugo
gregg drake ron dexter marty amos rufus reed jayson theo brennan orville lamar teddy royce rhett esteban dewey
joaquin anderson terence judah bert mickey blaine cruz rodolfo dane finn elbert cade maximus lionel kendrick jamal
emil ken darin louie clint percy davis karter quincy barrett winston bradford reuben guillermo jakob brantley felipe
holden zackary quinton stewart marlon matteo rocco adan darnell van moises adriel zayden zachariah doyle enzo tomas
bret darrel zachery cary deandre darrin wilfred heath thiago dick randal paxton gilberto rocky dorian archer tobias
jonas cyrus zander beckett branden stephan boyd antoine grover conor rodrigo vance tate landen freddy colt cash
dewayne harlan messiah ed jerald darwin leonel eldon johnie reece timmy titus thaddeus rogelio ramiro romeo brenden
luka johnathon jess tristen jarrod marquis jett legend edmond garland isiah kody rolando khalil jax issac ace
jefferson lamont matt monte mauricio anton raphael nikolas jase royal noe prince caiden matias keaton jarrett gunner
maximiliano karson marlin orion atlas kade arlo buddy knox loyd burton denver kobe doug jamison asa vaughn aden
murray sonny roscoe cleveland cohen nathanael nehemiah rodger denis elton vicente kyrie major gideon santos nash
aron erwin porter elvin duncan stefan augustus marcel elwood uriel muhammad reynaldo norbert adonis nico phil
brendon pierce dion gus ahmad abram ezequiel derick ignacio hayes ronan augustine scotty pierre jensen kane mohamed
adolph alden braylon wiley bruno ulysses efrain maximilian beckham kieran keenan rusty lawson javon rickie gianni
houston kurtis iker kellen coy forest elvis kareem isaias chuck jarvis zackery gunnar aldo coleman nasir al ned
moshe atticus ernie josh deshawn fletcher galen alvaro ibrahim norris humberto ahmed damion deon millard hal curt
kolton mohammad wilmer russel harris luciano cullen kermit kash thurman bart rashad brayan malakai hank dayton
barney tyrell adolfo colten agustin brice killian jamar irwin sullivan merlin truman denny donte mohammed carlo kory
joesph jamari jordon hans monty tyree quintin jeffry armand donnell alphonso camron bo ward brenton merrill sanford
ronny alijah vito maynard markus bryon benito izaiah kason mathias osvaldo frederic rhys delmar hiram domingo eddy
johan trevon braydon weldon carmine kayson clement daxton niko emmitt braeden lucian trace brycen scot davon braylen
julien judson demarcus ryland bodhi basil hendrix mitchel chadwick jarred garret landyn davion omari foster jayceon
benson seymour callum stetson gino theron elian donny kamden layton talon matthias korey carmelo kolby linwood enoch
kian reggie darien santino odin antwan vince miller finnegan uriah mikel edison marcelo zayne raiden morton mervin
nigel mekhi samson deangelo bowen yahir memphis shelton cyril booker dudley vern deven alonso hassan rohan zayn
triston jarod earle cristopher ulises tevin devonte erich cornell brodie chaim dario denzel arjun jamel dax eliseo
boston everette alessandro rigoberto valentin octavio kylan jules fidel jairo jaron crew duke kenton jacoby zaiden
cason zechariah valentino sincere mac kellan deacon bernardo daren domenic adrien jovan freeman buford claud dirk
marquise davin soren cordell kasen cortez gonzalo cannon gregorio robby yusuf bernie samir callan herschel jadon
jaxton jaquan antony hezekiah kennith nikolai nathanial ambrose alphonse bronson winfred wilford keagan ford jaylon
wilburn elmo nestor benton leandro hershel zaire vincenzo heriberto yosef german turner chauncey benedict randell
pasquale noble dominik chaz misael lyndon hamza lenard rey lucius kairo jacques lemuel mariano rico ronin justus
rolland lon olin princeton coby kristofer leif lucien westley zain kole leonidas garth lanny abe jasiah jabari case
wilfredo brant callen dimitri bud danial raymundo rayan blaise marcellus oren dashawn barton jerrod bradly korbin
austen kyson simeon cliff cassius jaydon dangelo emile brennen abner dino keon josef tyrese jedidiah abdullah cairo
makai rodrick federico estevan broderick zack ferdinand jed keven omer lenny jamir kyree stephon rob franco blaze
rod maximo wilton madden colson kip errol aryan jamaal lyman camilo briggs hoyt giancarlo andreas tylor keanu warner
tristian stan ayaan jerrold zyaire garrison dariel raheem tripp odis fredric colter eliot devante xzavier francesco
apollo eloy donavan cale aurelio arron sylas thad milford deonte jagger newton buster kenyon efren darrick isidro
marques branson zeke wilder arian quinten arlen ephraim raymon mose bertram khalid daquan orval dereck cristobal
eliezer lucca anson aarav anders draven otha napoleon daron jacky braiden darion dandre stanford tod cletus jamil
delmer darrius seamus tyron olen genaro aric kale dwain jaziel jamarion yehuda columbus nixon kamron richie giovani
elroy cain jerold bodie langston kohen alexzander ares marcelino dillan ridge ellsworth jovani cal ike jerrell
camren abdiel baker dewitt burl isai koa raylan jair rashawn huey zaid rubin rogers westin mustafa johnson lazaro
hilton lars alexandro baron tad bishop kashton maxim wilber emmet menachem grey flynn jovanni leander zavier javion
aziel tariq destin edwardo jordy akeem karim verne stanton koda angus davian giovanny ishmael yousef reyes travon
rayden fritz kaison kelton harmon wylie gannon kalvin donn constantine avi toney felton mordechai bridger burt stone
aydin buck haywood mauro yisroel aydan watson hamilton ean amare abdul nevin lonny wes shepherd antwon shamar ameer
casen marcello demario keshawn fisher cedrick artis trever coty crosby arnulfo kaysen giuseppe dorsey orin wells
loyal hakeem darron taj franklyn saint lucio brandt jaeden boone merrick nathen cayson chet art shaquille russ
williams berry vladimir damari gaylord deion koby levon jericho mikael jerod edgardo montgomery immanuel casper
eleazar antone ronaldo keyon johnpaul kraig canaan von leopoldo marcell orrin lachlan deshaun dontae kannon tre
elden isadore mayson henri slade maximillian syed derrell oswaldo demond hyman walton normand konnor magnus dilan
douglass hardy banks malcom kolten yaakov brandan harland kye rollin alfonzo konner deron brecken hobert waldo
shmuel aloysius tobin bilal gray sherwood talmadge judd mahlon jamarcus marquez zakary samual rupert delano boyce
jaxen mitch garfield tye demarco smith dejuan regis jelani marshal shon alvis rayford creed meyer chace granville
jaylan musa derik claudio gibson kevon shlomo anakin edd hosea johann garrick gustave axton kenji donell evans
caesar rosendo dock tyshawn junius glynn vihaan nikhil titan callahan darell jadiel delvin donavon barron torin
aditya alexandre jaren arvin gavyn rome laron linus eldridge shimon kadin hasan maison kaeden winfield ishaan
brandyn domenick amar yitzchok casimir jones dallin elwin hernan carnell trystan joziah jakari kylen eithan denton
greggory jennings tadeo wally terrill curtiss emir aaden braulio hayward jerimiah jevon arther graysen ely bentlee
aidyn brogan loy del bradyn bjorn gil eugenio garett rishi paulo yair savion norberto markell hampton lafayette
tyrus antione zev margarito jesiah everardo jaleel santo rueben carleton refugio rasheed huxley arlin jovanny
farrell shad kamren lawerence damarion adrain brannon lucious thor fermin alford gauge jeromy markel gian tremaine
rowdy zyon avraham thatcher abelardo ransom jakobe glendon jeremias enrico fredy jeramiah waymon koen delton deric
dickie giles dempsey alvie nate isreal crawford arnoldo idris krish reynold roel kase hilario davonte jovany eamon
jasen ottis trevin malaki ansel kylo adalberto len brain alek edson amado boris ayan patricio conley nikko blayne
chevy dennie gaige loran ajay cleve ladarius darrion lochlan danilo jeramy justyn elzie maxton dylon winford kenan
christophe brixton kyron boden horacio arman brentley dedrick ledger zayd webster jacobi jaycob blane oran eliel
obie zahir arley albin bode niles coen ryne rich leeroy melvyn marko brennon dwaine jeremie mccoy meir early elio
latrell gareth lorne oswald armond clem corwin wardell imran amarion geovanni benjiman gatlin ammon richmond gearld
reymundo dhruv joseluis elan rowland benicio luigi kenzo merton kentrell cristofer henderson dameon kahlil gustav
lathan melton woody jarrell bartholomew kalel dakari emmit isaak demetri axl gerson vidal daylen darold ander izayah
mel juelz pranav lynwood dash wayland reno tarik korbyn kooper rayshawn trae ritchie burke lino levy tavon torrance
yahya yoel stevan adolphus verlin timmothy azriel makhi maxx gabe mykel martez lucky clarance jethro keller mikhail
willian augustin courtland dayne kegan obed carlyle justen keyshawn manny rylen deondre hermon aleksander eldred
lovell willy general jaheim haden gaston desean henrik tzvi juancarlos sebastien konrad theadore talan baxter elgin
christ nikola bertrand prentice montrell tremayne braedon donta ignatius jefferey maddux nile canyon elmore zamir
leopold miguelangel omarion tahj edsel kwame price lex treyvon alain truett enos lonzo yadiel kristoffer reinaldo
rami javonte montez erasmo jory anibal howell ozzy tylan mikal keelan kyan aedan armon cy sampson adler fox lazarus
dequan denzil ethen beck bradlee christofer gaetano jame gaven jayvon vinson alistair nels ismail derwin evander
kael hobart archibald faustino jaydan jered jerad dyllan juwan judge massimo sherwin domenico salomon nazir alaric
creighton homero cristiano jakai gianluca urijah dillard clemente llewellyn donal tillman osman haskell zephaniah
yandel sylvan clovis krew gaylon castiel florian jordi achilles benjamen darvin geno jad jonatan randel evin cael
paolo tyquan deontae ahmir kain ezell kaiser sal dillion sabastian octavius brysen michale kirt syncere darrien
jerel javan jaxxon cian duwayne timmie youssef johny mohamad brien eben jayvion luc rollie kyren auston dezmond
corban caspian jarett jamin west cormac arnav elon zakai hansel kevan farris javen charlton demarion porfirio ennis
azael sedrick willam ceasar corbyn dajuan davey lambert jonny thurston eliyahu dov pierson cillian graydon kaine
keoni viktor chip les khai nicklaus shepard harlen ravi jeramie jarret devlin butch jeremey werner jacobo tyrel
avrohom lamonte trayvon nolen rashaad karsten deegan isidore burnell torrence arlan kabir hyrum ramses elie spenser
hagen guido job tito eliam amador mylo aryeh jermiah jahmir sameer laith teodoro deanthony amin otho armaan rahul
jet rush alonza luiz hussein elwyn newell khristian oral adin pernell rashaun evert kylian masen edmundo brigham
neel clive aram lavell siddharth josias nicholaus renato jedediah trenten damarcus urban armin codey rayyan daylon
godfrey zakaria dovid chas kyran damir leeland stoney boaz damani bryton quenton yakov eder robb calum cleon isac
murry treyton trevion parrish oneal dwane zavion devonta ilan aston arvid christoper najee dionte oskar micky heber
maceo carver curley thornton yaseen jaxx ewan patric donato franky tayden ferris wolfgang azrael brayson stefano
rolf sahil anish faris florentino amit marek finnian yasir rand zen osbaldo rosevelt florencio bear wyman nils
raynard tavion eusebio said fransisco kamal cam geronimo breck garold keandre cloyd demetrio dixon andrei derrek
terrel jameel domonic tiago yusef flavio jakub philippe umar atreus pascual dev windell ezrah sid greysen gardner
jovon steele kace lamarcus rance tavares noam coleton jaret demari malek jarell davy wesson gerold reyansh aarush
jaysen devontae silvio rojelio rudolf marquel kallen westyn yancy kolt esau avion isael randle esequiel klayton
ammar lamarr malakhi jacinto raoul neo norwood blas kavin americo iain dashaun robinson brion brandin fausto jalil
leyton jhon adnan adiel cosmo renaldo durward elam osiel vincente joshuah daylan gerrit christos wellington rondell
merl mendel wayman graeme joeseph neymar zyair fabio sigmund arne franz izaak lev decker estel javian rustin terance
roan abdulrahman kieth jacari keion daryle lawton anwar dontrell stafford favian fulton akiva leobardo izaac
anthoney macario kavon lindell amon dashiell prentiss taron geovanny willem conway andrey young maury furman
demetrios rafe anas zach jahir kollin anselmo jamon zeb eason wm jenson ayman terell verl breon canon olan yash
dustyn deante nino huston alois deshon kennard marshawn doran rashard baltazar cashton jermey phineas jairus renard
durwood khaled calen malvin ludwig thompson laquan sharif amias sammuel shedrick mahmoud leamon veer teo dejon rock
landin deonta riggs hurley martell ishan vivaan dimitrios daveon washington xavion sumner lawrance harrell nikolaus
mckay rexford cartier yasin chancellor maksim neftali aamir kadeem atreyu rayburn celestino gorge daven marius
kainoa walt naim danniel reginal welton roby jakobi arvil cornelious eitan jeb orson sanjay kiaan alston varun link
arik jeshua braedyn aman thane roque aayan kamarion coltin kruz zeus brantlee devaughn jaymes modesto tyce landis
ciro beaux renzo gabino flint kilian jessiah ronnell demetric rashid foy muhammed roddy pascal kiel salman arch kyro
olaf aren juston broc gennaro jalon jiovanni mayer terron mattias tavaris bryer zakari aharon bently kenney yonatan
brayton kendric demonte oziel ash sven adriano jasiel corry coleson yeshua filiberto jerrel kerwin faron zaylen che
geary chadd chayce jajuan jacen romel damen shaan jens travion silvestre lenox gerhard wendall maddix deklan ajani
garvin corbett kipp lenwood mick nicklas aj aramis dontay ramone jahlil saad obadiah keshaun christain chadrick
artemio neville aksel cecilio javin rhodes kayleb mikeal eriberto hadi mathieu gadiel bastian natanael theophilus
geraldo cardell ernst sanders pietro xavi norval saif kevyn adelbert gaylen shemar tamir uziel landan rogan esai
zakariya auther coley linton antwain kamran minh braxtyn hillard kayne delfino akash tyreek carsten burley yehoshua
macklin conan filip jashawn alen donavin knowledge bronx jeriah celso kaisen tyran waylen garner hazen taha hakim
roderic crue jeron norton arnie wylder anastacio candelario jansen macon caysen khristopher niklaus ryatt antoni
blain taurean mahdi dmitri shayan feliciano lisandro raekwon levern melville talmage slater mcarthur elder cassian
kyng mychal rudolfo woodie delmas johannes johnmichael ruger tarek om wayde romello manley glenwood baldemar osmar
theodis korben zaden milburn sultan benaiah joao virgle alexavier haydn fidencio jereme jamell cipriano jacorey
marino ubaldo jarren tavis benji lew arvel finis jeronimo atharv authur arsenio worth derald conrado servando
dietrich caeden kedrick ashwin kirkland nyle ansh jayse jariel author gaspar tyrek jaedon cortland kyrin thorin
jarad kaizen nat tyren eren lauro vernal tyre raj vic jiraiya andrae rakeem jaquez acie frazier orie damond derrik
markeith wendel kimball theodor abdirahman nahum simcha jaxtyn verner zavian carmello akil drayden zebulon avian
demitri athan grayden miquel ciaran henery parth darel tj fischer collier faisal calder armen sir blaize matheo
blade giorgio rayvon skip zayvion abran iverson ole shiv tex antwone jerrick alessio konstantinos jayven orland
brando darris linkin candido dionicio kenai aaryan antonino lavar arnaldo eliazar caius ferrell narciso yovani
bennet eian ermias vernard demian richardo taurus tavian naeem ewell vann bradon zayan maleek rosalio caine gorden
granger zacharias cleophus vikram jihad eliott fenton green diesel alphonzo chasen jareth ayush levar ryon benjaman
verlon hilbert nikolaos tino heyward deryl kekoa drayton juanpablo tyreese demarius herb arham loki vergil jermain
kennth talen mickel laurent karlos erskine ilyas niall nickey eston jahari marcial epifanio gionni hussain syrus
kiyan cyle kaleo dain rashon ellwood quran sherrod cass maximino tyshaun dalen demitrius harlin edrick avyaan
naftali zaine paden yariel zyan malikai nabil rony jessee olivier abhinav malique isacc morrison salim kiefer
mortimer ronell gavriel treyson quadir winton bryden laurance mathis johathan orvil bartley sim kolin tyrin elyas
jomar mace pharaoh tahir jrue hipolito gamaliel lydell ruel asad jaxsen zacchaeus elyjah hashim durrell cort anand
long dontavious laird valente khyree dorman rohit tyrique jarrad newman casimer oris saleem gabrial algie baruch
tavin wheeler sandro yechiel eros roshan devion fitzgerald therman darl lemar marquan alvah evaristo lyam sabino
dedric amadeo berton garren takoda rayfield gust waleed chayton cliffton kemper rondal xavian manning hilliard ori
asaiah saverio kyzer eduard giacomo hershell harlon burnett holt yazan burdette ryden rahim neill nunzio jhonny
mamadou saeed delwin jc nery cord braxten izak demetrious dimas nicolai ramond kolson kennon jamarius benjamine
bernabe crispin akhil arland cordero francois abdullahi rigo romero kolbe wilhelm efraim basilio hanson jarius
prescott nickolaus silverio akshay eladio jamere kaius rion viraj little griffen kelan lucus tashawn trevis khaza
markanthony ender abbas dajon nehemias brodrick reynolds aziz paulino isom naveen ames vivek jaison shamus oneil
randon savon ved darryn makari terrion sulaiman cletis gavino torian azaiah serafin tylen tyriq jeanpaul noland
riaan lenord farhan haris jerrad julious zymir jayshawn maddex harvie sixto daemon lorenz westen jerron leron durell
kohl javaris taven zacharia eligah minor kordell laddie aizen connell osborne izan justo vishal alexandros saleh
geovany dagoberto iver rockwell patton teague axle girard jayquan khalif alfonza daryll jacquez junious migel dayvon
kyaire larson yohan aayden huy jashua jr kartier shamir daymon jeremi ameen javien dolan niklas martel stefon gaines
saxon edric torry arno calvert dustan trysten augusto dawayne jamieson jailen vander catarino etienne lenin albino
ozias cavan abdulaziz jasir arlington derry yousif jerell jakoby niam kalob edan hughie kejuan jameer bernhard
damonte yousuf soloman orlin zade javeon levin octavious zeppelin leandre corby kanon tysen jabril rufino bernardino
curry pearson tiernan destry benard dashon rudra webb clemens dondre ziggy cutter kyden dalvin radley vaughan kenith
merwin aleksandr ryu almon corben ky park sander bayron fynn kanan kennie matheus usman mavrick rahsaan serge zaidyn
amadeus wright javontae jhett danthony kamar telly benigno derian jaelen jarek lionell aldon broden willaim matthews
giovany sire bakari zak treshawn abdallah shakur hagan cornelio jahaziel mervyn coltyn mychael hendrick mordecai
efrem yamil lary adryan eliud marquell eron wolf jawad jonpaul eiden dyson jerred bonifacio kasyn alister kacen
tyjuan keonte tymir dathan daunte zac jun kalan natan riccardo viaan romell eoin hiroshi juventino fahad jacolby
asael raziel daulton stevenson heston cameren eulalio darious ramel shaurya ayub geoff montel abiel zyion esdras
cayde ibraheem stryker keondre rapheal baylen nader ulices raynaldo davontae kalib rodriquez yancey darry eligio
ethyn darek detrick taft aurelius damarius mikey shivam derron klay tayvon aslan cj jahiem adyn griffith karlton
mahir vinh ventura duran karam johney ronal nicolo kaycen marcoantonio anirudh delonte djuan lebron tray hogan
jospeh kage stratton einar kofi naseem geoffery jamall dijon kysen agapito jarron jonathen pavel dany waldemar adil
derrion selvin isaih mehki shulem buddie mercer ronney sedric hamzah kervin oden rommel tytus valor jathan fernand
steffen mayo mickael yisrael oakland vijay walden juaquin huck garet rasheen cru ezekial powell vasilios bram
dakarai geovani jonte manford parnell waymond massiah jamichael sione jaidon logen virgilio burrell glyn karthik
keane triton brown apolonio jadarius gasper ricco constantino antwaun jawan rito jerardo okey kaydon christon kolter
lamon garey tadd zaki arlon autry mihir manfred keneth jamarr jionni aayush gifford quan alexei amaury armondo
giovonni sholom alvino asante cicero derric kanyon samer truitt weslee niels spurgeon rehan thayne chistopher nathon
jamario ulyses zeno horatio jd diondre drexel leviticus rosco tyreke darryle reinhold yonathan malachai tejas aldair
arun hillel octavian amer chalmer clearence timoteo wesly brently kanye maxon thayer haroon thai herminio wilfrid
advik delroy tuan aleksandar kee yale kross menno treveon tyshon jonmichael micahel selwyn ysidro samarth jayveon
manolo ranger victoriano abimael klaus gio stellan roswell jarid davante parks byran breckin brendyn carlis delon
race sekani yitzchak zabdiel michaelangelo sachin steffan jafet nam rayce dutch shreyas adolf severo tilden deward
zyler alfonse antuan raquan daxon issiah akram haziel marcanthony mars diante ezio mazen tyrik kylon edgard marquese
amando niel erling ivaan calin dasean luisangel derreck ferman kelson dusten arnett braylan adonai kayvon rolla shaw
ioannis xaiden darryll taylon doc kavion cavin naquan cosme barret jahmari keshav johnathen keyan agastya krue
japheth percival brexton uri dayshawn izael jamaine edin cristhian tayvion fabrizio jermel jibril chazz solon quade
deshun xavior townes clemon finnick zakery eyad tryston hendrik simmie graig keilan riot ivar rhyder carlito damario
phillips rodman stockton colon fate draco jerone rishaan errick zackariah kasper delos copeland tayshaun enoc collis
eyan merrell laroy martavious michelangelo rasheem iziah jahleel lavonte demar eber elson blayze davien sharod jobe
denzell jaycen marwan tayshawn rakim gerome kalil loring silvester stevens adarius brylan christpher eamonn jamier
ladd librado woodson exavier finnigan payne salvadore xavien kipton hercules trentin humza rashaud alastair apolinar
cross jasson lem panagiotis jeancarlos ulisses vinny abbott isidoro jacobe jashaun alder javari chauncy reef aundre
makoa murrell anfernee vedant kemp aviel barnett desmon macarthur nasser geo josemanuel pryce hale jayvian azai
kendrix keshon lige tiger geremy davonta demir karmelo binyomin kainen norvell gill tywan camrin treston ric
barrington dorien makaio yerik nadir pearce dyllon abhiram asim champ masiah raylon kennan ahron amiel rider
tiberius hardin rahman tedd zenon aleczander athanasios kion prentis antron damone kenrick juvenal alexsander darick
vittorio zebedee tou estill kunal taquan haydon perseus jacory colonel daneil raghav waylan finlay dolphus marciano
glennon jarom jerrett wiliam hosie joby egan rainer aarron bedford chan chason nael claiborne imanol demarkus kellin
seferino shain shaine avyan oshea yves amere hart kiyoshi egbert kalman marlan fredie johndavid jonnathan steward
rayquan brison cuauhtemoc mattew kesean cristo gilford jerson usher aleck kreed marland tait elihu ladarrius clell
joseangel kaizer jeremih yunus tylon jaheem shakir allister christion jahmal josephus brenner rashaan rayaan andru
decarlos tully azaan riker whit adem lindon eathan haze gregor keontae starling domanic ehren kush ewing garen
kawika edmon lanier zakkary jarrid jestin earvin radford toriano yuvraj dallen ebenezer lipa reco zeth adams izrael
wash kal mikail adian alon eshan fabricio virgel shomari wali kaidan khang dionisio jhonatan colsen gilmer khaleel
shareef gibran bladimir jozef evren kashawn layden penn braydan curran derrel dujuan keenen donaven qasim belton
christoph sylus winthrop amadou freddrick brodey donivan joachim marque melford shamel yoshio cornel juanito nevan
ayven rye chanse dutton erickson moishe yasser chantz hasani jakeb keiran zamarion colston joah jeffory langdon
duston markese kaito reza khiry jorje dwyane ilya anil haskel jaceon maliki deontay tyronne orvel jarel nabeel mael
martinez elija ballard janson maverik aeden chozen evangelos nicco lennard doyal keifer jancarlos xzavion bryston
jeanpierre mateusz andrez correy zacharie kanaan elijiah aadi jaire jakeem aariz alekzander justino nicolaus pinchas
delvon orvin enmanuel domonick dresden halbert lamarion zacary croix guss rees thedore abisai buel kassius kaimana
luster maxime shaheed vinay larenzo alf arath damar irby french hoover koah pink salah garin hervey hulon mazi iven
xaiver michial mikhael cirilo johnney yassin lander namon tayton arcadio elston glover jaxsyn levie doyce harding
davidson jabez thadeus azlan lonnell ronen summit jaykob arius joshue spence vishnu placido boruch jakhi keir tab
maher montreal wilburt brevin dartagnan gildardo alfie elimelech harman harrold romario alvan jahziel adron ancil
jencarlos kota nakoa farley able larence roe viet bretton braydin christoher herbie frantz koltyn oryan alias
breyden dow kacper budd jock kevion burgess frederico wil zacarias murad avin dagan gunther irven jerrid williard
zahid brewer humphrey myer suraj sekou chalmers christop coda kadarius jorel romelo tallon zebadiah krishiv casimiro
ramy berl keigan thien derion hamp izaya nicodemus uzziah baldomero farid ram grafton kaeson ziad aariv traveon
gryffin janiel keagen nakai isak treven vinton donzell rolan hebert son attilio boe kile cesario percell tayson
christien quest tyus charle dontavius durand otoniel shivansh herschell hershy livingston rockie ovidio raffaele
antwoine eshaan moussa ramir tevon kalon maliek biagio dylen yannick ibrahima jacori thurmon darnel duaine perley
benzion chirstopher carlon gianfranco lawernce amaan avelino axell jakhari marcellous rulon artem georgios jarin
luqman soham advaith eryk keron mickeal andon matthieu michiel teon jontae roen keylan ikaika aakash braven damein
teofilo abrahan avinash jerard mart colman jeanluc jettson colvin thaddaeus maynor reuven revan binyamin edvin
juanjose karlo kendarius witten branch patryk kishan jehu jeriel kendale bucky germain maxson rajan tysean zarek
beauford camdon cayleb daivd gordan yan gayland laszlo pax cheyne atom avan atharva markos rayshaun ruperto shlok
tytan bane derwood jayvin jeter lawyer manual anastasios holton jamauri jeffrie niccolo beecher bijan buckley jarrel
stavros abdurrahman dontez hung masao zoltan fleming sagar fares torrin khaleb eligh melbourne jaciel nicholai phong
spiro bashir leandrew mahki ayoub cephus jabriel silvano remo teron pieter haider iram alcide cutler finneas hoyle
magdaleno serjio thurmond kerby rashan argenis cosimo deagan aristotle yuvaan ziyad cloyce jevin locke cage didier
mehdi lawerance tavarus zacari zavien alban montrel ayansh sanchez cainan deaundre ethaniel merril montavious reeves
yuvan dawud colden herald jonthan zian sebastiano sunil umberto darsh orris seldon talha tyrice butler huxton kean
akai trevan algernon daevon fredi mills cleophas encarnacion garon gavan harun walid philipp rashod sylis terris
giannis jibreel trapper barclay tobe chapman rishabh xion dicky aiyden lehman deleon harvy padraic randolf selim
zakariah cordarius jalan hawk nazario tremain beckam caison cylas purvis jeremyah kenyan raudel briant bricen
jahsiah lukus zachry ephriam shyheim stanly york cleatus jaxin kahari nassir bowman jasean aran
`;

export const eitherGivenNames = `
willie jordan taylor leslie angel jamie lee jessie marion dana riley lynn avery casey jackie johnnie hayden peyton
billie dakota jaime sidney kendall ariel kerry devon guadalupe jody quinn payton sawyer frankie jan dominique rene
harley skyler pat noel rowan emerson reese emery loren ollie laverne river tommie amari rory chandler kasey merle
cleo robbie ali sage paris jaiden finley phoenix tatum justice blair charley remington gale elisha carey stevie
sammie emory kris kristian ari lacy milan armani lupe oakley monroe dee darian mckinley ivory shiloh gerry hollis
shea leighton alva remy layne jaylin odell lennon devan kirby lennox jayme kamari sutton palmer lavern sunny rosario
clair devyn arden scottie jadyn dusty kacey michel brook kendal shayne nikita sky santana collins shay azariah
campbell tristin montana briar raleigh murphy sol karsyn baylor dannie lavon landry darby channing reign sloan tory
artie marlo lashawn vernell carrol holland germaine salem rowen reilly alpha austyn jamey trinidad akira nicky karon
jorden yael tegan semaj arlie jaidyn marlyn jonnie rian garnet merritt sherrill valentine ramsey maxie kingsley
ashtyn sheridan ellison britton andra laken nicola legacy michal finnley lennie jael britt shae onyx ocean kenyatta
jaylyn lorin val berkley jacque rio ryley dior ever domonique kodi gentry jordin lorenza ocie scout audie ellery
jessy kendell vernie claudie ricki aries garnett camdyn jalyn arie khari shanon dell marvel sami jammie ivey iman
jai torrey waverly dominque isa storm carsyn bellamy kalen yuri laine alexi linden haiden kit marlowe kamdyn kayce
tru kelby codi larue page schuyler jere clarke dakotah sevyn kymani golden allyn karsen carsen ardell merlyn
brighton karan mikah lian tai kiran ara indigo harlem arin corie braylin jaedyn kadyn aubry nickie ossie dru rhyan
alix carlin rain arlyn micaiah larkin carrington codie honor tristyn darrian torey aris seven davie aven true jaydin
osiris caron krishna odie jourdan amiri dakoda josey divine romaine cris lavelle deane shai ozzie kaidyn vinnie wynn
cedar marlow lake charly jullian charleston daylin natividad hartley kaelin mica cameryn clemmie armoni earlie
everest jaye parris shalom taylin teegan demetris carman seneca denim gracen erie verdell lannie demetrice jule
imari kalin daryn indiana elvie kimani kary berlin nana desi ren kylin dayle lael taylen quinlan danyel bowie vester
ripley lakota shia majesty chayse emry adair justyce myrle myrl shan caelan issa barrie kylar mecca zephyr kobi
andree mendy omega tylar deandrea shilo adel lux gabriele christan elza burnice khamari jae chesley berkeley daniell
haidyn kameryn shaye carmon ozell kelcey jireh tenzin amauri lyndell amor lynell glennis karey kc laramie rylin indy
ashtin arion lonie arlis auden ridley jovi shaya corin kodie camari quincey shaquan montie asiah kamil taran rossie
rivers murl bryar davi sacha payson ashten teddie san winslow blayke marvis arrow an jream tobey morgen tramaine
azari mykah kiernan victory daelyn temple ashby laiken rebel denali ryen romie zuriel micha drue timber avon tobie
aime lexington bernell sora samar linn carlisle nazareth jaziah loris raylen verle cameran anh jalin jona lashon
emari quin dann aaryn jene sina joell lynden silver cree kaedyn jadin jaelin ozie lashaun masyn chosen aly teigan
dwan eliyah samari toy osie lyrik krystian jalani terran truth zamari arnell caroll laurin sai mikell randie deniz
amen cypress kareen atlee khali auburn kemari payden halen perrin shade anay kaylon clancy wisdom kobie tylee alaa
kaelan marquette damoni rennie justis verlyn luverne jimi shamari lavaughn freedom ova lin ottie tam tandy delane
sinclair cai raylin izel daris karry lajuan jeryl stephane kaydin kamani robie baily karel talyn eastyn kolbie tal
evyn ahmari amaree crimson jin navi mylan shirl deondra chaney dallis iran kashmir aziah jaydyn lennis akari thanh
valen riyan ivon onnie cayce ricci chancey juel danell gabriell bee huntley jeffie adi taren kamrin arlee devonne le
kailen mycah jaidan dawsyn mearl jaxyn maven jupiter kendel ellington riki lindley mackie yuki devine johnell sonnie
dasani anjel nieves ladon eliah dereon nuri teagen marshell mannie tennyson royale france linzy reegan tanis jadan
collie natale miko sascha britain donnis jazz arliss earnie catlin mykal surya skylor taegan halston cyan leverne
marvell jentry emrys terryl ladell luan cadyn donelle brailyn chaise cache keylin ryver atley izzy nyjah cove bao
rooney orla jerre lugene lemon monta isley nima graycen han keelin tomie schyler blue rumi kimmy brittan koi roshawn
elizah elgie fenix tennessee finlee de kam phuong amarii maysen renley tien cashmere demaris chi maryland dalyn
itzae airam amory ivery braylyn bela dylann larrie abriel aundra torre kriston cayman shayden caidyn shawne praise
kaylor andersen amil brownie gean hiawatha rudi taylan raja hudsyn neko adrean jessey tarin arleigh rayn alika
breckyn parish aarin tylin aaren jamelle wallis rhiley ziah marice dekota collen harbor ravon loghan kiari tonnie
keelyn raynell sagan kolbi kemani reeve channon dondi jaydee prestyn jamy khamani kenyata derin errin kamauri kallan
lior leshawn ayomide chaka rhythm july edris shadow arien trystin ardie kree tamari amel kailan collyn lan swayze
abrar haile adama avry jaydn kaelen embry veryl mar mykell rogue troi malin phoenyx cleotha peace teryl callaway
farren hadyn kashmere yanni dossie kem zaylin jensyn fayette caylen lowen rhylan talin neema nihal sully aster
lashun windsor pacey burnette corinthian marrion kaisyn olie clois hillery amrit ramey pheonix orrie sun ilia maeson
bostyn selby terrin amori rei daytona byrd
`;
